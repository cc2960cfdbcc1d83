package dev.kelpie.app.command.manifest;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `manifest remove`.
@Command(
        name = "remove",
        description = "Remove images from a list",
        customSynopsis = "LIST IMAGE [IMAGE...]")
final class Remove implements Verb {
    private final Call call;

    @Parameters List<String> operands = new ArrayList<>();

    Remove(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atLeast(2, operands);
        var lists = call.engine().images().lists();
        var rest = operands.subList(1, operands.size());
        call.line(lists.remove(operands.getFirst(), rest).hex());
        return 0;
    }
}

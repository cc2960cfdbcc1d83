package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `untag`.
@Command(
        name = "untag",
        description = "Take names from an image",
        customSynopsis = "IMAGE [NAME...]")
final class Untag implements Verb {
    private final Call call;

    @Parameters List<String> operands = new ArrayList<>();

    Untag(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atLeast(1, operands);
        call.engine().images().untag(operands.getFirst(), operands.subList(1, operands.size()));
        return 0;
    }
}

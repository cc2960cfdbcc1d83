package dev.kelpie.app.command.manifest;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `manifest rm`.
@Command(
        name = "rm",
        description = "Remove lists of images",
        customSynopsis = "[options] LIST [LIST...]")
final class Rm implements Verb {
    private final Call call;

    @Option(
            names = {"-i", "--ignore"},
            arity = "0..1",
            description = "What is not there is no error")
    boolean ignore;

    @Parameters List<String> operands = new ArrayList<>();

    Rm(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atLeast(1, operands);
        var lists = call.engine().images().lists();
        for (var list : operands) {
            if (!ignore || lists.exists(list)) {
                call.line("Untagged: " + list);
                call.line("Deleted: " + lists.delete(list).hex());
            }
        }
        return 0;
    }
}

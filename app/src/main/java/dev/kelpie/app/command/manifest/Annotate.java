package dev.kelpie.app.command.manifest;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `manifest annotate`.
@Command(
        name = "annotate",
        description = "Say more of an image in a list",
        customSynopsis = "[options] LIST IMAGE")
final class Annotate implements Verb {
    private final Call call;

    @Mixin EntryFlags entry = new EntryFlags();

    @Option(names = "--index", arity = "0..1", description = "Annotate the list itself")
    boolean index;

    @Parameters List<String> operands = new ArrayList<>();

    Annotate(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(index ? 1 : 2, operands);
        var lists = call.engine().images().lists();
        var words = entry.words();
        var digest =
                index
                        ? lists.annotateList(operands.getFirst(), words.annotations())
                        : lists.annotate(operands.getFirst(), operands.get(1), words);
        call.line(digest.hex());
        return 0;
    }
}

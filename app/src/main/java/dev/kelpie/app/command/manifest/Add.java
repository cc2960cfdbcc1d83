package dev.kelpie.app.command.manifest;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.command.image.RegistryFlags;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `manifest add`.
@Command(
        name = "add",
        description = "Add an image to a list",
        customSynopsis = "[options] LIST IMAGE")
final class Add implements Verb {
    private final Call call;

    @Mixin RegistryFlags registry = new RegistryFlags();

    @Mixin EntryFlags entry = new EntryFlags();

    @Option(names = "--all", arity = "0..1", description = "Every image of an index")
    boolean all;

    @Parameters List<String> operands = new ArrayList<>();

    Add(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(2, operands);
        var lists = call.engine().images().lists();
        var digest =
                lists.add(
                        operands.getFirst(),
                        operands.get(1),
                        all,
                        registry.options(call),
                        entry.words());
        call.line(digest.hex());
        return 0;
    }
}

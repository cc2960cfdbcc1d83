package dev.kelpie.app.command.manifest;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.command.image.RegistryFlags;
import dev.kelpie.image.ManifestLists;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `manifest create`.
@Command(
        name = "create",
        description = "Create a list of images",
        customSynopsis = "[options] LIST [IMAGE...]")
final class Create implements Verb {
    private final Call call;

    @Mixin RegistryFlags registry = new RegistryFlags();

    @Option(names = "--all", arity = "0..1", description = "Every image of an index")
    boolean all;

    @Option(
            names = {"-a", "--amend"},
            arity = "0..1",
            description = "A list that is there will do")
    boolean amend;

    @Option(names = "--annotation", description = "KEY=VALUE, of the list itself")
    List<String> annotations = new ArrayList<>();

    @Parameters List<String> operands = new ArrayList<>();

    Create(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atLeast(1, operands);
        var lists = call.engine().images().lists();
        var list = operands.getFirst();
        var options = registry.options(call);
        var digest = lists.create(list, amend, EntryFlags.pairs(annotations));
        for (var image : operands.subList(1, operands.size())) {
            digest = lists.add(list, image, all, options, ManifestLists.Words.NONE);
        }
        call.line(digest.hex());
        return 0;
    }
}

package dev.kelpie.app.command.manifest;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Progress;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.command.image.PushFlags;
import dev.kelpie.app.command.image.RegistryFlags;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `manifest push`.
@Command(
        name = "push",
        description = "Push a list of images to a registry",
        customSynopsis = "[options] LIST [DESTINATION]")
final class Push implements Verb {
    private final Call call;

    @Mixin RegistryFlags registry = new RegistryFlags();

    @Mixin PushFlags form = new PushFlags();

    @Option(names = "--all", arity = "0..1", description = "Push the images too (default: true)")
    boolean all = true;

    @Option(
            names = {"-p", "--purge", "--rm"},
            arity = "0..1",
            description = "Remove the list when it is pushed")
    boolean purge;

    @Parameters List<String> operands = new ArrayList<>();

    Push(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atLeast(1, operands);
        Operands.atMost(2, operands);
        var lists = call.engine().images().lists();
        var list = operands.getFirst();
        var target = operands.getLast().replaceFirst("^docker://", "");
        var options = form.options(registry.access(call));
        try (var progress = new Progress(call, form.quiet())) {
            form.pushed(call, lists.push(list, target, all, options, progress::push));
        }
        if (purge) {
            lists.delete(list);
        }
        return 0;
    }
}

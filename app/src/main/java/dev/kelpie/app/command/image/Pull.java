package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Progress;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.PullFlag;
import dev.kelpie.engine.spec.PullPolicy;
import dev.kelpie.image.Image;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pull`: the id of each image on standard output, progress on standard error.
@Command(
        name = "pull",
        description = "Pull images from a registry",
        customSynopsis = "[options] IMAGE [IMAGE...]")
final class Pull implements Verb {
    private final Call call;

    @Mixin RegistryFlags registry = new RegistryFlags();

    @Option(
            names = {"-q", "--quiet"},
            arity = "0..1",
            description = "Show no progress")
    boolean quiet;

    @Option(names = "--policy", description = "always (default), missing, never, newer")
    String policy = "always";

    @Mixin FetchFlags fetch = new FetchFlags();

    @Option(
            names = {"-a", "--all-tags"},
            arity = "0..1",
            hidden = true)
    boolean allTags;

    @Parameters List<String> images = new ArrayList<>();

    Pull(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atLeast(1, images);
        if (allTags) {
            throw new CommandException("'--all-tags' is not supported yet");
        }
        for (var name : images) {
            call.line(one(name.replaceFirst("^docker://", "")).id().hex());
        }
        return 0;
    }

    private Image one(String name) throws InterruptedException {
        var store = call.engine().images();
        var wanted = PullFlag.parse(policy);
        if (wanted == PullPolicy.NEVER) {
            return store.get(name);
        }
        if (wanted == PullPolicy.MISSING) {
            var found = store.find(name);
            if (found.isPresent()) {
                return found.get();
            }
        }
        var options = fetch.on(registry.options(call));
        try (var progress = new Progress(call, quiet)) {
            return store.pull(name, options, progress::pull);
        }
    }
}

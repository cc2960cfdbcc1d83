package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Failures;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Progress;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.PullFlag;
import dev.kelpie.engine.spec.PullPolicy;
import dev.kelpie.image.Image;
import dev.kelpie.image.RegistryException;
import dev.kelpie.image.registry.PullOptions;
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

    @Option(names = "--disable-content-trust", arity = "0..1", hidden = true)
    boolean noContentTrust;

    @Option(
            names = {"-a", "--all-tags"},
            arity = "0..1",
            description = "All tags of the repository")
    boolean allTags;

    @Parameters List<String> images = new ArrayList<>();

    Pull(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atLeast(1, images);
        if (allTags) {
            everyTag();
            return 0;
        }
        for (var name : images) {
            call.line(one(name.replaceFirst("^docker://", "")).id().hex());
        }
        return 0;
    }

    private void everyTag() throws InterruptedException {
        Operands.exactly(1, images);
        var name = images.getFirst().replaceFirst("^docker://", "");
        if (name.lastIndexOf(':') > name.lastIndexOf('/')) {
            throw FlagException.meaning(
                    "--all-tags takes a name without a tag, was \"" + name + "\"");
        }
        var registries = call.engine().images().registries();
        for (var tag : registries.tags(name, registry.access(call))) {
            call.line(pulled(name + ":" + tag).id().hex());
        }
    }

    private Image one(String name) throws InterruptedException {
        var store = call.engine().images();
        var wanted = PullFlag.parse(policy);
        if (wanted == PullPolicy.NEVER) {
            return store.get(name);
        }
        var found = store.find(name);
        if (found.isPresent()
                && (wanted == PullPolicy.MISSING
                        || (wanted == PullPolicy.NEWER && !isNewer(name)))) {
            return found.get();
        }
        return pulled(name);
    }

    /// A registry that cannot be asked has nothing newer.
    private boolean isNewer(String name) throws InterruptedException {
        try {
            return call.engine().images().registries().differs(name, options());
        } catch (RegistryException e) {
            call.note("Warning: " + Failures.text(e));
            return false;
        }
    }

    private Image pulled(String name) throws InterruptedException {
        try (var progress = new Progress(call, quiet)) {
            return call.engine().images().pull(name, options(), progress::pull);
        }
    }

    private PullOptions options() {
        return fetch.on(registry.options(call));
    }
}

package dev.kelpie.app.command.kube;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Failures;
import dev.kelpie.app.call.Progress;
import dev.kelpie.app.session.ClientFile;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.image.ImageException;
import dev.kelpie.image.build.BuildRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The images of a play that are built from a folder of their own: for image `localhost/web:1`
/// there is `web/Containerfile` or `web/Dockerfile` in one of the context folders.
final class Builds {
    private final Call call;
    private final List<Path> contexts;
    private final @Nullable Boolean wanted;

    /// Looks in these folders, in this order.
    ///
    /// @param wanted `--build`: true builds what is there already too, false nothing, unset what is
    ///   missing
    Builds(Call call, List<Path> contexts, @Nullable Boolean wanted) {
        this.call = call;
        this.contexts = contexts;
        this.wanted = wanted;
    }

    /// The image references to build, each with its context.
    Map<String, Path> of(List<PodSpec> pods) throws InterruptedException {
        var builds = new LinkedHashMap<String, Path>();
        if (wanted != null && !wanted) {
            return builds;
        }
        for (var pod : pods) {
            for (var container : pod.allContainers()) {
                var reference = container.image().reference();
                if (!builds.containsKey(reference) && (wanted != null || isMissing(reference))) {
                    context(reference).ifPresent(context -> builds.put(reference, context));
                }
            }
        }
        return builds;
    }

    void run(Map<String, Path> builds, boolean quiet) throws InterruptedException {
        for (var build : builds.entrySet()) {
            try (var progress = new Progress(call, quiet)) {
                call.engine()
                        .build(BuildRequest.of(build.getValue(), build.getKey()), progress::build);
            } catch (ImageException e) {
                throw new CommandException(
                        "cannot build image '" + build.getKey() + "': " + Failures.text(e));
            }
        }
    }

    private boolean isMissing(String reference) throws InterruptedException {
        return call.engine().images().find(reference).isEmpty();
    }

    private Optional<Path> context(String reference) {
        var name = folderOf(reference);
        return contexts.stream()
                .map(folder -> folder.resolve(name))
                .filter(this::builds)
                .findFirst();
    }

    /// The last part of the name, without tag or digest.
    static String folderOf(String reference) {
        var name = reference.substring(reference.lastIndexOf('/') + 1);
        return name.replaceFirst("[:@].*", "");
    }

    private boolean builds(Path folder) {
        return isFile(folder.resolve("Containerfile")) || isFile(folder.resolve("Dockerfile"));
    }

    private boolean isFile(Path file) {
        return call.session()
                .lookUp(file.toString())
                .filter(found -> found.kind() == ClientFile.Kind.FILE)
                .isPresent();
    }
}

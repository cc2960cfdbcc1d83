package dev.kelpie.engine;

import dev.kelpie.engine.fault.ContainerStateException;
import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.report.Waiting;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.PlaySpec;
import dev.kelpie.engine.spec.PullPolicy;
import dev.kelpie.engine.state.Change;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.FailedPull;
import dev.kelpie.engine.state.Phase;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.image.BadImageNameException;
import dev.kelpie.image.Image;
import dev.kelpie.image.ImageException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The images that containers wait for, where nobody waits for the pull: asked for again after 10
/// s, doubling to 5 minutes, as the kubelet does.
final class AwaitedImages {

    private static final String FAILED = "ErrImagePull";

    private final Core core;
    private final ImageResolver images;

    AwaitedImages(Core core) {
        this.core = core;
        this.images = new ImageResolver(core.parts.images());
    }

    /// Whether the image of this container is to be got.
    static boolean isWanted(PodRow pod, ContainerRow row) {
        return row.awaitsImage()
                && pod.running()
                && pod.phase() == Phase.MADE
                && row.phase() == Phase.MADE
                && row.life().wanted();
    }

    /// When it is asked for again.
    static Instant due(ContainerRow row, Instant now) {
        return row.life()
                .retry()
                .pull()
                .map(failed -> failed.last().plus(BackOff.after(failed.count())))
                .orElse(now);
    }

    /// What a container without its image waits for.
    static Waiting waiting(ContainerRow row) {
        var failed = row.life().retry().pull();
        if (failed.isEmpty()) {
            return new Waiting("ContainerCreating", "");
        }
        var reason = failed.get().reason();
        var message = failed.get().message();
        return reason.equals(FAILED) && failed.get().count() > 1
                ? new Waiting(
                        "ImagePullBackOff",
                        "Back-off pulling image \"%s\": %s: %s"
                                .formatted(row.spec().image().reference(), FAILED, message))
                : new Waiting(reason, message);
    }

    /// Nobody can start what has no image.
    static void requireNone(ContainerRow row) {
        if (row.awaitsImage()) {
            var waiting = waiting(row);
            throw new ContainerStateException(
                    "container "
                            + row.name()
                            + " has no image yet: "
                            + waiting.reason()
                            + ": "
                            + waiting.message());
        }
    }

    /// Writes down why a new pod's containers have no image.
    static void note(
            Change change,
            List<ContainerRow> rows,
            Map<ImageSource, RuntimeException> failures,
            Instant now) {
        for (var row : rows) {
            var failure = failures.get(row.spec().image());
            if (row.awaitsImage() && failure != null) {
                change.editContainer(row.id(), it -> failed(it, failure, now));
            }
        }
    }

    private static ContainerRow failed(ContainerRow row, RuntimeException failure, Instant now) {
        var retry = row.life().retry();
        var failed =
                new FailedPull(
                        reason(row, failure),
                        "" + failure.getMessage(),
                        retry.pull().map(FailedPull::count).orElse(0) + 1,
                        now);
        return row.withLife(row.life().withRetry(retry.withPull(Optional.of(failed))));
    }

    private static String reason(ContainerRow row, RuntimeException failure) {
        if (failure instanceof BadImageNameException) {
            return "InvalidImageName";
        }
        if (failure instanceof ImageException) {
            return FAILED;
        }
        return row.spec().image().pullPolicy() == PullPolicy.NEVER
                ? "ErrImageNeverPull"
                : "CreateContainerConfigError";
    }

    /// Gives the containers of a pod that lack their images those of these.
    static void give(Change change, PodRow pod, Map<ImageSource, Image> images) {
        for (var row : change.now().members(pod.id())) {
            if (row.awaitsImage() && images.containsKey(row.spec().image())) {
                give(change, pod, row, images);
            }
        }
    }

    private static void give(
            Change change, PodRow pod, ContainerRow row, Map<ImageSource, Image> images) {
        var fresh = Blueprint.container(pod, row.spec(), images, row.kind(), row.position());
        var whole = row.withSpec(fresh.spec(), fresh.image());
        change.put(whole);
        Blueprint.anonymous(whole, new Blueprint.Occasion("", pod.created(), ""))
                .forEach(change::put);
    }

    /// Tries to get what this container waits for; whether it has its image now.
    boolean fetch(ContainerRow row) throws InterruptedException {
        var pod = core.store.now().pod(row.pod());
        if (pod.isEmpty() || !isWanted(pod.get(), row)) {
            return false;
        }
        core.steps.at("image.pull");
        try {
            var source = row.spec().image();
            var found = Map.of(source, resolve(pod.get(), source));
            NonRoot.check(List.of(pod.get().spec()), found);
            core.steps.at("image.intent");
            core.store.change(
                    change -> change.now().pod(row.pod()).ifPresent(it -> give(change, it, found)));
        } catch (ImageException | PodException e) {
            var now = core.clock.instant();
            core.store.change(change -> change.editContainer(row.id(), it -> failed(it, e, now)));
        }
        return core.store.now().container(row.id()).filter(it -> !it.awaitsImage()).isPresent();
    }

    private Image resolve(PodRow pod, ImageSource source) throws InterruptedException {
        var access = PullSecrets.access(core, PlaySpec.ofPods(List.of()), PlayOptions.DEFAULT);
        var options = access.options(pod.spec(), source.reference());
        return images.resolve(source, options, _ -> {});
    }
}

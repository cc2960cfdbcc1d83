package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.report.EngineEvent;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PullPolicy;
import dev.kelpie.image.Image;
import dev.kelpie.image.ImageException;
import dev.kelpie.image.registry.PullEvent;
import dev.kelpie.image.registry.PullOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Gets the images of a play: each one that is missing, or that its policy wants asked for, is
/// pulled, all at the same time.
final class ImageResolver {

    private final ImageFinder images;

    ImageResolver(ImageFinder images) {
        this.images = images;
    }

    private record Found(ImageSource source, Image image) {}

    /// How an image is pulled for a pod.
    @FunctionalInterface
    interface Access {
        PullOptions options(PodSpec pod, String image) throws InterruptedException;
    }

    /// What was found of what is asked for, and why the rest could not be had.
    record Resolved(Map<ImageSource, Image> images, Map<ImageSource, RuntimeException> failures) {}

    /// The image of each source; nothing is pulled twice.
    Map<ImageSource, Image> resolve(
            List<PodSpec> pods, Access access, Consumer<EngineEvent> progress)
            throws InterruptedException {
        return resolve(pods, access, progress, false).images();
    }

    /// The same; where containers may wait for their images, those that cannot be had are left out.
    Resolved resolve(
            List<PodSpec> pods, Access access, Consumer<EngineEvent> progress, boolean mayWait)
            throws InterruptedException {
        var awaitable = mayWait ? awaitable(pods) : Set.<ImageSource>of();
        var failures = new ConcurrentHashMap<ImageSource, RuntimeException>();
        var sources = new LinkedHashMap<ImageSource, PullOptions>();
        for (var pod : pods) {
            for (var source : sources(pod).filter(ImageSource::fromImage).toList()) {
                if (!sources.containsKey(source)) {
                    sources.put(source, access.options(pod, source.reference()));
                }
            }
        }
        var tasks =
                sources.entrySet().stream()
                        .<Callable<List<Found>>>map(each ->
                                () -> {
                                    try {
                                        return found(each, progress);
                                    } catch (ImageException | PodException e) {
                                        if (!awaitable.contains(each.getKey())) {
                                            throw e;
                                        }
                                        failures.put(each.getKey(), e);
                                        return List.of();
                                    }
                                })
                        .toList();
        var images = new HashMap<ImageSource, Image>();
        InParallel.all(tasks).stream()
                .flatMap(List::stream)
                .forEach(each -> images.put(each.source(), each.image()));
        addFolders(pods, images);
        return new Resolved(images, failures);
    }

    /// Not those whose declared volumes must be known before a container is made.
    private static Set<ImageSource> awaitable(List<PodSpec> pods) {
        var sources =
                pods.stream()
                        .flatMap(pod -> pod.allContainers().stream())
                        .map(ContainerSpec::image)
                        .collect(Collectors.toCollection(HashSet::new));
        pods.forEach(pod -> sources.removeAll(DeclaredVolumes.sources(pod)));
        return sources;
    }

    private static void addFolders(List<PodSpec> pods, Map<ImageSource, Image> images) {
        pods.stream()
                .flatMap(ImageResolver::sources)
                .filter(source -> !source.fromImage())
                .forEach(source -> images.put(source, FolderImage.of(source.reference())));
    }

    private List<Found> found(
            Map.Entry<ImageSource, PullOptions> asked, Consumer<EngineEvent> progress)
            throws InterruptedException {
        var source = asked.getKey();
        return List.of(new Found(source, resolve(source, asked.getValue(), progress)));
    }

    /// References that a play would have to pull, without asking any registry.
    List<String> missing(PodSpec pod) {
        return sources(pod)
                .filter(ImageSource::fromImage)
                .filter(source -> source.pullPolicy() == PullPolicy.ALWAYS || !isHere(source))
                .map(ImageSource::reference)
                .distinct()
                .toList();
    }

    private static Stream<ImageSource> sources(PodSpec pod) {
        return Stream.concat(
                pod.allContainers().stream().map(ContainerSpec::image),
                ImageVolumes.sources(pod).stream());
    }

    private boolean isHere(ImageSource source) {
        return images.find(source.reference()).isPresent();
    }

    Image resolve(ImageSource source, PullOptions options, Consumer<EngineEvent> progress)
            throws InterruptedException {
        var here = images.find(source.reference());
        return switch (source.pullPolicy()) {
            case MISSING -> here.isPresent() ? here.get() : pull(source, options, progress);
            case ALWAYS -> pull(source, options, progress);
            case NEVER ->
                    here.orElseThrow(() ->
                            new InvalidRequestException(source.reference() + ": image not known"));
            case NEWER -> {
                // What was built here is in no registry.
                if (here.isPresent() && source.reference().startsWith("localhost/")) {
                    yield here.get();
                }
                try {
                    yield pull(source, options, progress);
                } catch (ImageException e) {
                    yield here.orElseThrow(() -> e);
                }
            }
        };
    }

    private Image pull(ImageSource source, PullOptions options, Consumer<EngineEvent> progress)
            throws InterruptedException {
        var name = source.reference();
        var image = images.pull(name, options, event -> report(name, event, progress));
        progress.accept(new EngineEvent.Pulled(name));
        return image;
    }

    private static void report(String name, PullEvent event, Consumer<EngineEvent> progress) {
        switch (event) {
            case PullEvent.Trying(String reference) ->
                    progress.accept(new EngineEvent.Note("Trying to pull " + reference + "..."));
            case PullEvent.Downloading(var blob, long done, long total) ->
                    progress.accept(new EngineEvent.Pulling(name, blob.brief(), done, total));
            case PullEvent.Downloaded(var blob, long total) ->
                    progress.accept(new EngineEvent.Pulling(name, blob.brief(), total, total));
            case PullEvent.Retrying(String reason, long delay) ->
                    progress.accept(
                            new EngineEvent.Note("retrying in " + delay + " ms: " + reason));
            case PullEvent.Present _, PullEvent.Unpacked _, PullEvent.Stored _ -> {}
        }
    }
}

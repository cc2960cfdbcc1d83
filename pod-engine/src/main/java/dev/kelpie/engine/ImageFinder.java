package dev.kelpie.engine;

import dev.kelpie.image.Image;
import dev.kelpie.image.registry.PullEvent;
import dev.kelpie.image.registry.PullOptions;
import java.util.Optional;
import java.util.function.Consumer;

/// Where images come from: the store and, behind it, the registries.
interface ImageFinder {

    Optional<Image> find(String nameOrId);

    Image pull(String name, PullOptions options, Consumer<PullEvent> events)
            throws InterruptedException;
}

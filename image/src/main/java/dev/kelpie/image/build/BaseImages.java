package dev.kelpie.image.build;

import dev.kelpie.image.Image;
import dev.kelpie.image.registry.PullEvent;
import dev.kelpie.image.registry.PullOptions;
import java.util.Optional;
import java.util.function.Consumer;

/// Where `FROM` finds images.
public interface BaseImages {

    /// An image that is here.
    Optional<Image> find(String name);

    /// Fetches an image.
    Image pull(String name, PullOptions options, Consumer<PullEvent> events)
            throws InterruptedException;
}

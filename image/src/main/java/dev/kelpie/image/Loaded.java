package dev.kelpie.image;

import dev.kelpie.image.spec.ImageReference;
import java.util.List;

/// One image that came out of an archive and the names the archive gave it (`Loaded image: NAME`,
/// or the id when there is none).
public record Loaded(Image image, List<ImageReference> names) {

    public Loaded {
        names = List.copyOf(names);
    }
}

package dev.kelpie.image.archive;

import dev.kelpie.image.Image;
import dev.kelpie.image.spec.ImageReference;
import java.util.List;

/// An image to save, and the names to save it under; perhaps none.
public record SavedImage(Image image, List<ImageReference> names) {
    public SavedImage {
        names = List.copyOf(names);
    }
}

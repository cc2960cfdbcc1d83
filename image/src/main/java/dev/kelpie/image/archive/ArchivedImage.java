package dev.kelpie.image.archive;

import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.ImageConfig;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.spec.Manifest;
import java.util.List;

/// An image found in an archive, its blobs stored and its descriptors checked, not unpacked yet.
record ArchivedImage(
        String what,
        Descriptor descriptor,
        Manifest manifest,
        ImageConfig config,
        List<ImageReference> names) {

    ArchivedImage {
        names = List.copyOf(names);
    }
}

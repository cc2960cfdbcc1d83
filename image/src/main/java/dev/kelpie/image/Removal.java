package dev.kelpie.image;

import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageReference;
import java.util.List;

/// What a removal did: names taken away, images deleted (`Untagged: …`, `Deleted: …`).
public record Removal(List<ImageReference> untagged, List<Digest> deleted) {

    public Removal {
        untagged = List.copyOf(untagged);
        deleted = List.copyOf(deleted);
    }
}

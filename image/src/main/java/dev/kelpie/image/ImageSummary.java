package dev.kelpie.image;

import dev.kelpie.image.spec.Digest;
import java.time.Instant;

/// A line of the list of images: one per name, `<none>` for what a name lacks.
///
/// @param size of all layers unpacked, in bytes
public record ImageSummary(
        String repository, String tag, Digest id, Digest digest, Instant created, long size) {}

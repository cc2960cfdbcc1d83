package dev.kelpie.image;

import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageConfig;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.spec.Manifest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// An image in the store, ready to run.
///
/// @param id the digest of its configuration, what everybody calls the image id
/// @param digest the digest of its manifest
/// @param names the full names that point to it, sorted; none when dangling
/// @param repositoryDigests `REPOSITORY@DIGEST` of each name, manifest and (if pulled through one)
///   index
/// @param manifest as stored, layers lowest first
/// @param config what to run and where it came from
/// @param lowerDirectories the unpacked layers, **top first**, as overlay's `lowerdir` wants them
/// @param size of all layers unpacked, in bytes
public record Image(
        Digest id,
        Digest digest,
        List<ImageReference> names,
        List<String> repositoryDigests,
        Manifest manifest,
        ImageConfig config,
        List<Path> lowerDirectories,
        long size) {

    public Image {
        names = List.copyOf(names);
        repositoryDigests = List.copyOf(repositoryDigests);
        lowerDirectories = List.copyOf(lowerDirectories);
    }

    /// When it was made; the epoch when the image does not say.
    public Instant created() {
        return config.created().orElse(Instant.EPOCH);
    }

    /// The first name, or the id of a dangling image.
    public String displayName() {
        return names.isEmpty() ? id.hex() : names.getFirst().toString();
    }
}

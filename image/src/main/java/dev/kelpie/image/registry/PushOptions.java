package dev.kelpie.image.registry;

import java.util.Optional;

/// How to push.
///
/// @param access how to reach the registry
/// @param format of the manifest; empty keeps the image's own
/// @param compression of the layers; empty keeps what is compressed and makes gzip of what is not
/// @param level of the compression; empty is the compression's own choice
public record PushOptions(
        Access access,
        Optional<ManifestFormat> format,
        Optional<Compression> compression,
        Optional<Integer> level) {

    public static final PushOptions DEFAULT =
            new PushOptions(Access.DEFAULT, Optional.empty(), Optional.empty(), Optional.empty());

    public PushOptions withAccess(Access wanted) {
        return new PushOptions(wanted, format, compression, level);
    }

    public PushOptions withFormat(ManifestFormat wanted) {
        return new PushOptions(access, Optional.of(wanted), compression, level);
    }

    public PushOptions withCompression(Compression wanted) {
        return new PushOptions(access, format, Optional.of(wanted), level);
    }

    public PushOptions withLevel(int wanted) {
        return new PushOptions(access, format, compression, Optional.of(wanted));
    }
}

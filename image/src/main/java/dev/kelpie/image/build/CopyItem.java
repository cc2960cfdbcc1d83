package dev.kelpie.image.build;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// One thing to be written into a layer.
///
/// @param path in the image, without a leading slash
/// @param kind what it is
/// @param source where a file's bytes come from; empty for a directory or link
/// @param linkTarget of a link
/// @param mode permission bits
record CopyItem(
        String path,
        Kind kind,
        Optional<Path> source,
        String linkTarget,
        int mode,
        Ownership owner,
        Instant modified) {

    enum Kind {
        FILE,
        DIRECTORY,
        LINK
    }

    CopyItem at(String replacement) {
        return new CopyItem(replacement, kind, source, linkTarget, mode, owner, modified);
    }

    CopyItem withMode(int replacement) {
        return kind == Kind.LINK
                ? this
                : new CopyItem(path, kind, source, linkTarget, replacement, owner, modified);
    }
}

package dev.kelpie.image.build;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
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
        Instant modified,
        Map<String, byte[]> xattrs) {

    CopyItem {
        xattrs = Map.copyOf(xattrs);
    }

    /// A directory without attributes of its own.
    static CopyItem directory(String path, int mode, Ownership owner, Instant modified) {
        return new CopyItem(
                path, Kind.DIRECTORY, Optional.empty(), "", mode, owner, modified, Map.of());
    }

    /// A file whose bytes are in `source`.
    static CopyItem file(String path, Path source, int mode, Ownership owner, Instant modified) {
        return new CopyItem(
                path, Kind.FILE, Optional.of(source), "", mode, owner, modified, Map.of());
    }

    enum Kind {
        FILE,
        DIRECTORY,
        LINK,
        /// A named pipe; only other images and stages have one to copy.
        FIFO
    }

    static CopyItem link(String path, String linkTarget, Ownership owner, Instant modified) {
        return new CopyItem(
                path, Kind.LINK, Optional.empty(), linkTarget, 0777, owner, modified, Map.of());
    }

    static CopyItem fifo(String path, int mode, Ownership owner, Instant modified) {
        return new CopyItem(path, Kind.FIFO, Optional.empty(), "", mode, owner, modified, Map.of());
    }

    CopyItem with(Map<String, byte[]> attributes) {
        return new CopyItem(path, kind, source, linkTarget, mode, owner, modified, attributes);
    }

    CopyItem at(String replacement) {
        return new CopyItem(replacement, kind, source, linkTarget, mode, owner, modified, xattrs);
    }

    CopyItem noNewerThan(Instant newest) {
        return modified.isAfter(newest) ? modifiedAt(newest) : this;
    }

    CopyItem modifiedAt(Instant time) {
        return new CopyItem(path, kind, source, linkTarget, mode, owner, time, xattrs);
    }

    CopyItem withMode(int replacement) {
        return kind == Kind.LINK
                ? this
                : new CopyItem(
                        path, kind, source, linkTarget, replacement, owner, modified, xattrs);
    }
}

package dev.kelpie.image.store;

import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.tar.TarWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Opens layer directories for filling, and deletes them. Used by many threads at once.
public interface LayerTrees {

    /// Fills `directory`, which exists, is empty and belongs to nobody else.
    LayerTree open(Path directory) throws IOException;

    /// Deletes a tree whole, crossing no mount and following no link; a missing one is no error.
    void delete(Path directory) throws IOException;

    /// Writes what a directory holds as a layer, sorted by name: overlayfs's whiteouts and opaque
    /// marks as tars spell them, hard links as such, sockets not at all. The same tree gives the
    /// same bytes.
    void pack(Path directory, TarWriter tar, PackRules rules)
            throws IOException, InterruptedException;

    /// How to write a tree.
    ///
    /// @param newest no file is newer than that in the archive
    /// @param root whether the directory itself is an entry too
    record PackRules(Optional<Instant> newest, boolean root) {
        public static final PackRules USUAL = new PackRules(Optional.empty(), false);
    }

    /// Whether an unpacked layer's directory hides what the layers below have in it.
    boolean isOpaque(Path directory) throws IOException;

    /// The extended attributes of a file itself that a layer may carry.
    Map<String, byte[]> attributes(Path file) throws IOException;

    /// A fresh sha256 for much content: a host may have a faster one than the JDK.
    default MessageDigest sha256() {
        return Digest.sha256();
    }
}

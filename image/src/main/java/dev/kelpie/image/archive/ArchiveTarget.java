package dev.kelpie.image.archive;

import java.io.IOException;
import java.io.InputStream;

/// Where an archive's files go, one after another.
interface ArchiveTarget {
    /// Takes exactly `size` bytes of `content`; fewer are an error.
    ///
    /// @param name a relative path, with `/` between its parts
    void file(String name, long size, InputStream content) throws IOException;
}

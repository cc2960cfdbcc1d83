package dev.kelpie.engine.copy;

import java.io.IOException;
import java.io.InputStream;

/// Takes the entries of a copy, directories before what is in them.
@FunctionalInterface
public interface CopySink {
    /// Takes the next one.
    ///
    /// @param content of a file; empty for anything else
    void put(CopyItem item, InputStream content) throws IOException;
}

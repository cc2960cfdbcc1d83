package dev.kelpie.app.call;

import dev.kelpie.engine.copy.CopyItem;
import dev.kelpie.engine.copy.CopySink;
import java.io.IOException;
import java.util.Optional;

/// The side that `cp` writes to.
public interface CopyTarget {
    /// What writes entries.
    @FunctionalInterface
    interface Writing {
        void to(CopySink sink) throws IOException;
    }

    /// The path that was named.
    String path();

    /// What is there, links followed.
    Optional<CopyItem.Kind> lookUp(String path) throws IOException;

    /// Lets `writing` put entries below a directory that is there.
    void write(String directory, Writing writing) throws IOException;

    /// What is said of a path that does not exist.
    String missing(String path);

    /// Whether all entries go to one stream, which has no directories.
    default boolean isStream() {
        return false;
    }
}

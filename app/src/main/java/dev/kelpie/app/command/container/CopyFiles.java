package dev.kelpie.app.command.container;

import dev.kelpie.engine.copy.CopyItem;
import dev.kelpie.engine.copy.CopySink;
import java.io.IOException;
import java.util.Optional;

/// The side that `cp` reads from.
interface CopyFiles {
    /// What is there, links followed.
    Optional<CopyItem.Kind> lookUp(String path) throws IOException;

    /// Hands on what is at `path`, called `as` in the copy; with an empty `as`, what is in that
    /// directory.
    void read(String path, String as, CopySink sink) throws IOException;

    /// What is said of a path that does not exist.
    String missing(String path);
}

package dev.kelpie.runtime.conmon;

import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.kernel.RootedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Removes what conmon leaves, tolerant of anything that is already gone.
final class Leftovers {

    private Leftovers() {}

    static void deleteTree(Path folder) {
        var above = folder.toAbsolutePath().getParent();
        if (above == null || !Files.isDirectory(above)) {
            return;
        }
        try (var parent = RootedDirectory.open(above)) {
            parent.deleteTree(folder.getFileName().toString());
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new FileAccessException("cannot delete '" + file + "'", e);
        }
    }
}

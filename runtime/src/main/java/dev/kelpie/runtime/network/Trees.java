package dev.kelpie.runtime.network;

import dev.kelpie.runtime.FileAccessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Removes directories of our own making.
final class Trees {

    private Trees() {}

    /// Everything below and the directory itself; follows no link; no error when it is not there.
    static void delete(Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            for (var file : files.toList().reversed()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new FileAccessException("cannot remove '" + directory + "'", e);
        }
    }
}

package dev.kelpie.engine.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// A file that only takes up room, given away when the disk is full: then it can still be written
/// down that something is to go, or has gone.
final class Spare {

    static final int SIZE = 512 << 10;

    private final Path file;

    Spare(Path file) {
        this.file = file;
    }

    /// Whether the disk has room for something new, after the file has taken its own.
    boolean hasRoom() throws IOException {
        // not by Files.getFileStore, which reads the whole mount table first
        var free = Objects.requireNonNull(file.getParent()).toFile().getUsableSpace();
        if (Files.exists(file)) {
            return free >= SIZE;
        }
        if (free < 2L * SIZE) {
            return false;
        }
        Files.write(file, new byte[SIZE]);
        return true;
    }

    /// Gives its room away; false when it was given before.
    boolean give() {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException _) {
            return false;
        }
    }
}

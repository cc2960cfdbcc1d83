package dev.kelpie.runtime.conmon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/// Reads the files in which conmon leaves an exit status: a decimal number, no newline; the change
/// time of the file is when it ended.
final class ExitFiles {

    private ExitFiles() {}

    static Optional<Integer> code(Path file) {
        try {
            var text = Files.readString(file).strip();
            return text.matches("-?[0-9]{1,9}")
                    ? Optional.of(Integer.valueOf(text))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    static Optional<ExitStatus> read(Path file, Path oomMarker) {
        return code(file).map(code -> new ExitStatus(code, changed(file), Files.exists(oomMarker)));
    }

    private static Instant changed(Path file) {
        try {
            return ((FileTime) Files.getAttribute(file, "unix:ctime")).toInstant();
        } catch (IOException _) {
            return Instant.now();
        }
    }
}

package dev.kelpie.runtime.conmon;

import dev.kelpie.runtime.kernel.ProcessIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Tells whether a pid read from a file is still the conmon it was written by, and not a stranger
/// with a reused number.
final class ConmonProcess {

    private ConmonProcess() {}

    /// Whether the process is a conmon and its arguments name this container.
    static boolean isOf(ProcessIdentity process, String id) {
        try {
            var text =
                    Files.readString(
                            Path.of("/proc/" + process.pid() + "/cmdline"),
                            StandardCharsets.ISO_8859_1);
            return isOf(List.of(text.split("\0", -1)), id) && process.isAlive();
        } catch (IOException _) {
            return false;
        }
    }

    static boolean isOf(List<String> argv, String id) {
        var name = argv.getFirst();
        return name.substring(name.lastIndexOf('/') + 1).equals("conmon") && argv.contains(id);
    }
}

package dev.kelpie.runtime.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The user namespace this process runs in, see user_namespaces(7). In another than the host's
/// first one a process may hold every capability and still not do what concerns the whole host.
public final class UserNamespace {

    private static final boolean INITIAL = isWhole(map(Path.of("/proc/self/uid_map")));

    private UserNamespace() {}

    /// Whether it is the host's first one, so that root here is root of the host.
    public static boolean isInitial() {
        return INITIAL;
    }

    /// How many user ids it has.
    public static long idCount() {
        return count(map(Path.of("/proc/self/uid_map")));
    }

    static long count(String map) {
        return map.lines()
                .mapToLong(line -> Long.parseLong(line.strip().split("\\s+", -1)[2]))
                .sum();
    }

    /// One line that maps every id to itself.
    static boolean isWhole(String map) {
        return map.strip().replaceAll("\\s+", " ").equals("0 0 4294967295");
    }

    private static String map(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            return "0 0 4294967295"; // a kernel without user namespaces
        }
    }
}

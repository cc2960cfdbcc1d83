package dev.kelpie.runtime.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The user namespace this process runs in, see user_namespaces(7). In another than the host's
/// first one a process may hold every capability and still not do what concerns the whole host.
public final class UserNamespace {

    /// `/proc/sys/kernel/overflowuid`.
    private static final int NOBODY = 65_534;

    /// They are written once, before anything runs in the namespace.
    private static final String USERS = map(Path.of("/proc/self/uid_map"));

    private static final String GROUPS = map(Path.of("/proc/self/gid_map"));
    private static final boolean INITIAL = isWhole(USERS);

    private UserNamespace() {}

    /// Whether it is the host's first one, so that root here is root of the host.
    public static boolean isInitial() {
        return INITIAL;
    }

    /// The user this process runs as, as this namespace calls it. The owner of `/proc/self` does
    /// not tell: it is nobody where the program was started from another namespace.
    public static int userId() {
        return UnixIds.OWN;
    }

    private static final class UnixIds {
        static final int OWN =
                map(Path.of("/proc/self/status"))
                        .lines()
                        .filter(line -> line.startsWith("Uid:"))
                        .map(line -> Integer.valueOf(line.split("\t", -1)[2]))
                        .findFirst()
                        .orElse(0);
    }

    /// What a user id of the namespace we were started from is called here; nobody's when it is not
    /// mapped.
    public static int userHere(int outside) {
        return here(USERS, outside);
    }

    /// As `userHere`, for a group.
    public static int groupHere(int outside) {
        return here(GROUPS, outside);
    }

    static int here(String map, int outside) {
        long wanted = Integer.toUnsignedLong(outside);
        for (var line : map.lines().toList()) {
            var words = line.strip().split("\\s+", -1);
            long inside = Long.parseLong(words[0]);
            long first = Long.parseLong(words[1]);
            if (wanted >= first && wanted < first + Long.parseLong(words[2])) {
                return (int) (inside + wanted - first);
            }
        }
        return NOBODY;
    }

    /// How many user ids it has.
    public static long idCount() {
        return count(USERS);
    }

    /// How many group ids it has.
    public static long groupCount() {
        return count(GROUPS);
    }

    /// What its root is called where it was made: whose a rootless engine is.
    public static int callersUser() {
        return outside(USERS);
    }

    /// As `callersUser`, for the group.
    public static int callersGroup() {
        return outside(GROUPS);
    }

    static int outside(String map) {
        return map.lines()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(words -> words[0].equals("0"))
                .map(words -> (int) Long.parseLong(words[1]))
                .findFirst()
                .orElse(0);
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

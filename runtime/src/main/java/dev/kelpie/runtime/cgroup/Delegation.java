package dev.kelpie.runtime.cgroup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The group that a service manager gave this user to make others in (cgroups(7), "Delegation").
public final class Delegation {

    /// Set by the `rootless` script, which asks the user's systemd for the group.
    private static final String VARIABLE = "KELPIE_CGROUP";

    private Delegation() {}

    /// Its path in the v2 hierarchy, such as `/user.slice/user-1000.slice/…/kelpie.scope`; empty
    /// when there is none or it cannot be written.
    public static Optional<String> parent() {
        return Optional.ofNullable(System.getenv(VARIABLE)).filter(Delegation::isOurs);
    }

    /// Where the service itself belongs: a group with groups below it may hold no process.
    public static Optional<String> service() {
        return parent().map(group -> group + "/service");
    }

    private static boolean isOurs(String path) {
        var folder = Path.of(Cgroups.MOUNT + path).normalize();
        return path.startsWith("/")
                && folder.startsWith(Cgroups.MOUNT)
                && Files.isWritable(folder.resolve("cgroup.procs"))
                && Files.isWritable(folder);
    }
}

package dev.kelpie.runtime.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The control group that systemd made for the service a process belongs to.
public final class UnitGroup {

    private UnitGroup() {}

    /// The group of a process's service, such as `/system.slice/web.service`, on hosts with nothing
    /// but cgroup v2; empty where the process belongs to none.
    public static Optional<String> of(int pid) {
        if (!Files.exists(Cgroups.MOUNT.resolve("cgroup.controllers"))) {
            return Optional.empty();
        }
        try {
            return parse(Files.readString(Path.of("/proc/" + pid + "/cgroup")))
                    .filter(UnitGroup::exists);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// Whether there is a group at this path now.
    public static boolean exists(String path) {
        return path.startsWith("/")
                && !path.contains("/..")
                && Files.exists(Cgroups.MOUNT.resolve("cgroup.controllers"))
                && Files.isDirectory(Cgroups.MOUNT.resolve(path.substring(1)));
    }

    /// Out of the text of `/proc/PID/cgroup`, without the groups that systemd and we make below.
    static Optional<String> parse(String text) {
        return text.lines()
                .filter(line -> line.startsWith("0::/") && !line.contains("/.."))
                .map(line -> line.substring(3))
                .map(path -> path.replaceFirst("/(runtime|\\.control)$", ""))
                .filter(path -> path.endsWith(".service"))
                .findFirst();
    }
}

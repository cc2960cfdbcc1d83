package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.kernel.UserNamespace;
import dev.kelpie.runtime.oci.ContainerConfig.NamespaceChoice;
import dev.kelpie.runtime.spec.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/// The mounts every container has, with the container's own in their place where destinations are
/// equal, parents before children.
final class UsualMounts {

    /// Not every host has it.
    private static final Path HOST_MQUEUE = Path.of("/dev/mqueue");

    private static final String SHM_SIZE = "size=65536000";

    private UsualMounts() {}

    static List<Mount> with(ContainerConfig config, HostGrants grants) {
        var byDestination = new LinkedHashMap<String, Mount>();
        usual(config, grants).forEach(mount -> byDestination.put(mount.destination(), mount));
        config.mounts().forEach(mount -> byDestination.put(normal(mount.destination()), mount));
        return byDestination.values().stream()
                .sorted(Comparator.comparingInt(mount -> depth(mount.destination())))
                .toList();
    }

    private static String normal(String destination) {
        return Path.of(destination).normalize().toString();
    }

    private static int depth(String destination) {
        return Path.of(destination).normalize().getNameCount();
    }

    private static List<Mount> usual(ContainerConfig config, HostGrants grants) {
        var mounts = new ArrayList<>(devices());
        boolean hosts = config.namespaces().ipc() instanceof NamespaceChoice.Host;
        if (grants.mqueue() && (!hosts || Files.isDirectory(HOST_MQUEUE))) {
            mounts.add(mqueue(hosts));
        }
        mounts.add(proc(config));
        mounts.addAll(kernel(config));
        if (config.rootfs().readOnly() && config.rootfs().scratch()) {
            for (var folder : List.of("/run", "/tmp", "/var/tmp")) {
                mounts.add(
                        mount(folder, "tmpfs", "rw", "nosuid", "nodev", "mode=1777", "tmpcopyup"));
            }
        }
        return mounts;
    }

    private static List<Mount> devices() {
        var pts = List.of("nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5");
        return List.of(
                mount("/dev", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k"),
                new Mount("/dev/pts", "devpts", "devpts", pts),
                mount("/dev/shm", "tmpfs", "nosuid", "noexec", "nodev", "mode=1777", SHM_SIZE));
    }

    private static Mount mqueue(boolean hosts) {
        return hosts
                ? Mount.bind(HOST_MQUEUE, "/dev/mqueue", false)
                : mount("/dev/mqueue", "mqueue", "nosuid", "noexec", "nodev");
    }

    /// A namespace of processes or of the network that belongs to other users shows itself to
    /// nobody but them, so what the host has mounted is all there is.
    private static Mount proc(ContainerConfig config) {
        var pid = config.namespaces().pid();
        var rootless = !UserNamespace.isInitial() && pid instanceof NamespaceChoice.Host;
        if (rootless || ofOtherUsers(config, pid)) {
            return new Mount(
                    "/proc", "bind", "/proc", List.of("rbind", "nosuid", "noexec", "nodev"));
        }
        var options = new ArrayList<>(List.of("nosuid", "noexec", "nodev"));
        options.addAll(config.security().proc().procOptions());
        return new Mount("/proc", "proc", "proc", options);
    }

    private static List<Mount> kernel(ContainerConfig config) {
        var access = config.security().privileged() ? "rw" : "ro";
        if (ofOtherUsers(config, config.namespaces().network())) {
            return List.of(
                    new Mount(
                            "/sys",
                            "bind",
                            "/sys",
                            List.of("rbind", "nosuid", "noexec", "nodev", "ro")));
        }
        var cgroup = List.of("rprivate", "nosuid", "noexec", "nodev", "relatime", access);
        return List.of(
                mount("/sys", "sysfs", "nosuid", "noexec", "nodev", access),
                new Mount("/sys/fs/cgroup", "cgroup", "cgroup", cgroup));
    }

    private static boolean ofOtherUsers(ContainerConfig config, NamespaceChoice namespace) {
        return config.namespaces().ownUsers() && namespace instanceof NamespaceChoice.Host;
    }

    private static Mount mount(String destination, String type, String... options) {
        return new Mount(destination, type, type, List.of(options));
    }
}

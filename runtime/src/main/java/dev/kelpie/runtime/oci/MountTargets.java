package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.ContainerStartException;
import dev.kelpie.runtime.ContainerStartException.Reason;
import dev.kelpie.runtime.kernel.EntryFacts;
import dev.kelpie.runtime.kernel.EntryType;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.spec.Mount;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Refuses mounts that would hide what protects the host: a container's /proc and /sys carry the
/// masked and read-only paths, and runtimes write through /proc while they set a container up. The
/// image's links count, since a target is where they lead.
final class MountTargets {

    private static final int MOST_LINKS = 40;
    private static final List<Path> KERNEL =
            List.of(Path.of("/proc"), Path.of("/sys"), Path.of("/dev"));
    private static final Path PROC = Path.of("/proc");

    /// What tools such as lxcfs show a container instead of the host's; runc has the same list.
    private static final Set<String> SHOWN_OTHERWISE =
            Set.of(
                    "cpuinfo",
                    "diskstats",
                    "loadavg",
                    "meminfo",
                    "net/dev",
                    "slabinfo",
                    "stat",
                    "swaps",
                    "sys/kernel/ns_last_pid",
                    "uptime");

    private final RootedDirectory root;

    MountTargets(RootedDirectory root) {
        this.root = root;
    }

    /// Throws for the first of `mounts`, which are those beyond the usual ones, that may not be,
    /// and for an image that has a link where the usual ones go.
    void require(List<Mount> mounts) {
        for (var place : KERNEL) {
            if (!real(place.toString()).equals(place)) {
                throw refused("the image's '" + place + "' is a link: nothing is mounted there");
            }
        }
        for (var mount : mounts) {
            require(mount);
        }
    }

    private void require(Mount mount) {
        var target = real(mount.destination());
        var shown =
                "mount of '" + mount.source() + "' at '" + mount.destination() + "' is refused: ";
        if (target.getNameCount() == 0) {
            throw refused(shown + "it would hide the container's root");
        }
        if (target.equals(PROC) && !Path.of(mount.source()).normalize().equals(PROC)) {
            throw refused(shown + "only the host's /proc may take the place of the container's");
        }
        if (target.startsWith(PROC)
                && !target.equals(PROC)
                && !SHOWN_OTHERWISE.contains(PROC.relativize(target).toString())) {
            throw refused(shown + "it is inside the container's /proc");
        }
        var asked = Path.of(mount.destination()).normalize();
        for (var place : KERNEL) {
            if (target.startsWith(place) && !asked.startsWith(place)) {
                throw refused(shown + "a link in the image leads it to '" + target + "'");
            }
        }
    }

    /// Where a path leads in the image, without asking whether it exists there.
    private Path real(String path) {
        var todo = new ArrayDeque<>(List.of(path.split("/", -1)));
        var real = new ArrayList<String>();
        var links = 0;
        while (!todo.isEmpty()) {
            var part = todo.removeFirst();
            if (part.equals("..") && !real.isEmpty()) {
                real.removeLast();
            }
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                continue;
            }
            real.add(part);
            var target = link(String.join("/", real));
            if (target.isPresent()) {
                if (++links > MOST_LINKS) {
                    throw refused("too many links in the image's '" + path + "'");
                }
                if (target.get().startsWith("/")) {
                    real.clear();
                } else {
                    real.removeLast();
                }
                List.of(target.get().split("/", -1)).reversed().forEach(todo::addFirst);
            }
        }
        return Path.of("/" + String.join("/", real));
    }

    private Optional<String> link(String path) {
        return root.stat(path)
                .map(EntryFacts::type)
                .filter(EntryType.SYMLINK::equals)
                .map(_ -> root.readSymlink(path));
    }

    private static ContainerStartException refused(String why) {
        return new ContainerStartException(Reason.NOT_INVOCABLE, why);
    }
}

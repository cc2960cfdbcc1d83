package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.runtime.kernel.EntryType;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.spec.Mount;
import java.nio.file.Path;
import java.util.List;

/// A working directory that was asked for by name must be there, as with Podman; one that an image
/// or a manifest names is made.
final class WorkingDirectory {

    private static final List<String> ALWAYS = List.of("/proc", "/sys", "/dev");

    private WorkingDirectory() {}

    /// @param root where the container's root is mounted
    static void require(ContainerRow row, Path root, List<Mount> mounts) {
        var asked = row.spec().process().workingDir();
        if (asked.isEmpty() || isMounted(Path.of(asked.get()).normalize(), mounts)) {
            return;
        }
        try (var opened = RootedDirectory.open(root)) {
            var there =
                    opened.statFollowing(asked.get())
                            .filter(facts -> facts.type() == EntryType.DIRECTORY);
            if (there.isEmpty()) {
                throw new InvalidRequestException(
                        "workdir \"" + asked.get() + "\" does not exist on container " + row.id());
            }
        }
    }

    private static boolean isMounted(Path path, List<Mount> mounts) {
        return ALWAYS.stream().anyMatch(path::startsWith)
                || mounts.stream().anyMatch(mount -> path.startsWith(mount.destination()));
    }
}

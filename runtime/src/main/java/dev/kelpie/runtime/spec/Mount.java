package dev.kelpie.runtime.spec;

import java.nio.file.Path;
import java.util.List;

/// One entry of `mounts`; `destination` is absolute inside the container.
public record Mount(String destination, String type, String source, List<String> options) {

    public Mount {
        if (!destination.startsWith("/")) {
            throw new IllegalArgumentException(
                    "mount destination '" + destination + "' is not absolute");
        }
        options = List.copyOf(options);
    }

    /// A bind mount with everything mounted below the source, private to the container.
    public static Mount bind(Path source, String destination, boolean readOnly) {
        return new Mount(
                destination,
                "bind",
                source.toString(),
                List.of("rbind", "rprivate", readOnly ? "ro" : "rw"));
    }

    /// An empty file system in memory, at most `bytes` large.
    public static Mount tmpfs(String destination, long bytes, String mode) {
        return new Mount(
                destination,
                "tmpfs",
                "tmpfs",
                List.of("rw", "nosuid", "nodev", "mode=" + mode, "size=" + bytes));
    }

    public Mount withOptions(List<String> other) {
        return new Mount(destination, type, source, other);
    }

    /// The same of another source.
    public Mount withSource(String other) {
        return new Mount(destination, type, other, options);
    }
}

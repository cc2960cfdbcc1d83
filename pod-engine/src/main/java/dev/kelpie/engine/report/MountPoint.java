package dev.kelpie.engine.report;

import java.util.List;

/// A mount inside a container, as inspect shows it.
///
/// @param type `bind`, `volume` or `tmpfs`
/// @param name of the volume; empty for a bind mount
/// @param source on the host
public record MountPoint(
        String type,
        String name,
        String source,
        String destination,
        List<String> options,
        boolean readOnly,
        String propagation,
        String subPath) {

    public MountPoint {
        options = List.copyOf(options);
    }

    /// A file system in memory.
    public static MountPoint inMemory(String destination, List<String> options) {
        return new MountPoint(
                "tmpfs", "", "", destination, options, options.contains("ro"), "rprivate", "");
    }
}

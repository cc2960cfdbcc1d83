package dev.kelpie.engine;

import java.nio.file.Path;

/// The two directories that make an engine: what survives a reboot, and what does not.
///
/// @param root images, volumes, container roots, `state.db`; absolute
/// @param runRoot facts and mounts of this boot; absolute, short (sockets live there)
public record EngineRoot(Path root, Path runRoot) {
    public EngineRoot {
        if (!root.isAbsolute() || !runRoot.isAbsolute()) {
            throw new IllegalArgumentException(
                    "engine roots must be absolute, were '" + root + "' and '" + runRoot + "'");
        }
    }
}

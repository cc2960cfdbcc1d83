package dev.kelpie.engine.report;

import java.util.Locale;

/// What a container is doing, derived from the kernel at the moment of asking.
public enum ContainerStatus {
    /// Made, never started since (no process runs its command).
    CREATED,
    /// Set up by the OCI runtime, its command not yet started.
    INITIALIZED,
    RUNNING,
    PAUSED,
    /// Told to stop, still there.
    STOPPING,
    EXITED,
    REMOVING;

    /// As Podman writes it: `created`, `running`, ….
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

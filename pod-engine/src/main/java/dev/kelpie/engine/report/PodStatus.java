package dev.kelpie.engine.report;

/// What a pod is doing, derived from its containers.
public enum PodStatus {
    /// No container was started.
    CREATED,
    /// Every container runs (ended init containers do not count).
    RUNNING,
    /// Some run, some have ended.
    DEGRADED,
    /// Every container has ended by itself.
    EXITED,
    /// Ended because it was told to.
    STOPPED,
    PAUSED,
    /// Left half-made or half-removed; `pod rm -f` mends it.
    ERROR;

    /// As Podman writes it: `Created`, `Running`, ….
    public String word() {
        return name().charAt(0) + name().substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}

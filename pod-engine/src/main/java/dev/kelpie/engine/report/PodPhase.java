package dev.kelpie.engine.report;

/// Where a pod is in its life, in Kubernetes' words.
public enum PodPhase {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED;

    /// As Kubernetes writes it: `Pending`, `Running`, ….
    public String word() {
        return name().charAt(0) + name().substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}

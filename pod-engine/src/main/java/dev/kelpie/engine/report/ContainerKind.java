package dev.kelpie.engine.report;

/// What a container is to its pod.
public enum ContainerKind {
    /// Owns the pod's namespaces, ports and addresses.
    INFRA,
    /// Runs to its end before the others start.
    INIT,
    /// Does the pod's work; also a container outside any pod.
    APP,
    /// Looks into a running pod (Kubernetes' ephemeral container): never started again, and no part
    /// of what the pod is meant to be.
    EPHEMERAL
}

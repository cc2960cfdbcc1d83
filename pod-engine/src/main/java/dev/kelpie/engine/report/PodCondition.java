package dev.kelpie.engine.report;

/// One of Kubernetes' conditions of a pod: `PodScheduled`, `Initialized`, `ContainersReady`,
/// `Ready`, or a readiness gate.
///
/// @param reason in one word, why not; may be empty
public record PodCondition(String type, boolean holds, String reason, String message) {}

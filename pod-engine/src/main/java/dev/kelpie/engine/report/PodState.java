package dev.kelpie.engine.report;

import java.util.List;

/// Where a pod stands.
///
/// @param status in Podman's words
/// @param phase in Kubernetes'
/// @param reason why it failed as a whole (`DeadlineExceeded`); mostly empty
public record PodState(
        PodStatus status,
        PodPhase phase,
        String reason,
        String message,
        List<PodCondition> conditions) {

    public PodState {
        conditions = List.copyOf(conditions);
    }

    /// Whether the pod's condition `Ready` holds.
    public boolean ready() {
        return holds("Ready");
    }

    /// Whether a condition of this type holds.
    public boolean holds(String type) {
        return conditions.stream().anyMatch(c -> c.type().equals(type) && c.holds());
    }
}

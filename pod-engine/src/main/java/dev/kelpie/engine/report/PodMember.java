package dev.kelpie.engine.report;

/// One container of a pod, as the pod shows it.
public record PodMember(String id, String name, ContainerKind kind, ContainerState state) {

    public ContainerStatus status() {
        return state.status();
    }

    public int restarts() {
        return state.restarts();
    }
}

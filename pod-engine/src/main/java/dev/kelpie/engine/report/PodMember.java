package dev.kelpie.engine.report;

/// A container as its pod lists it, the infra container too.
public record PodMember(
        String id, String name, ContainerKind kind, ContainerStatus status, int restarts) {}

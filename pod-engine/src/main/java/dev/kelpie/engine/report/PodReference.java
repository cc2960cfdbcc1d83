package dev.kelpie.engine.report;

/// The pod that a container belongs to.
public record PodReference(String id, String name) {}

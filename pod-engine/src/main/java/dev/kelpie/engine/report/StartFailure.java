package dev.kelpie.engine.report;

/// A container that was made but could not be started.
public record StartFailure(String containerId, String containerName, String reason) {}

package dev.kelpie.engine.report;

/// What a play does about one secret: make, replace or keep it.
public record PlannedSecret(String name, PodAction action) {}

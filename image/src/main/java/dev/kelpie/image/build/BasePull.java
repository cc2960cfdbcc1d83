package dev.kelpie.image.build;

/// When a base image is pulled (`--pull`).
public enum BasePull {
    /// Only when it is not here.
    MISSING,
    /// Each time.
    ALWAYS,
    /// Never; a missing one is an error.
    NEVER
}

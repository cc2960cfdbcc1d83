package dev.kelpie.image.build;

/// When a base image is pulled (`--pull`).
public enum BasePull {
    /// Only when it is not here.
    MISSING,
    /// Each time; a failure is an error.
    ALWAYS,
    /// Each time, as far as the registry can be reached.
    NEWER,
    /// Never; a missing one is an error.
    NEVER
}

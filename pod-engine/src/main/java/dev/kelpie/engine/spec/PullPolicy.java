package dev.kelpie.engine.spec;

/// When an image is pulled: Kubernetes' `imagePullPolicy`, and Podman's `newer`.
public enum PullPolicy {
    /// Ask the registry at every play; a failure is an error.
    ALWAYS,
    /// Pull only what is absent (`IfNotPresent`, `missing`).
    MISSING,
    /// Pull when the registry's digest differs; a failure is no error while a local copy exists.
    NEWER,
    /// Never ask; an absent image is an error.
    NEVER
}

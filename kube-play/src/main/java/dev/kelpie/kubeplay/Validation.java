package dev.kelpie.kubeplay;

/// What a play does about things that it would have to leave out (`--validate`). What is wrong in
/// itself, such as a bad name or a word where a number belongs, stops every play.
public enum Validation {
    /// Stop, and report all of them together.
    STRICT,
    /// Go on, and say so on stderr.
    WARN,
    /// Go on in silence.
    IGNORE
}

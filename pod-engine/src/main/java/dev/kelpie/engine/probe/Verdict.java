package dev.kelpie.engine.probe;

/// What the answers to a probe add up to.
public enum Verdict {
    UNKNOWN,
    PASSED,
    FAILED
}

package dev.kelpie.engine.spec;

/// When an ended container is started again.
public enum RestartPolicy {
    ALWAYS,
    /// Only after a non-zero exit code.
    ON_FAILURE,
    NEVER,
    /// Like always, but one that the user stopped stays stopped after a reboot too.
    UNLESS_STOPPED
}

package dev.kelpie.engine.report;

/// What a play does about one pod.
public enum PodAction {
    /// There is none of that name.
    CREATE,
    /// It differs and `--replace` was given: made anew, the old one removed once the new one runs.
    REPLACE,
    /// It differs only in images, requests or limits: changed while it runs.
    UPDATE,
    /// The same and running: not touched.
    KEEP,
    /// The same, not running: started.
    START
}

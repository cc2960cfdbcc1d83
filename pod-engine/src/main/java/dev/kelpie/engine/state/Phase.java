package dev.kelpie.engine.state;

/// How far a pod or container is meant to exist.
public enum Phase {
    /// Being made by a play that has not been committed; undone when found at opening.
    MAKING,
    /// There.
    MADE,
    /// Stopped to make room for its replacement by a play that has not been committed; started
    /// again when found at opening.
    RETIRING,
    /// Being removed; never to run again.
    REMOVING
}

package dev.kelpie.app.session;

/// One connection's claim to be a session: only who has said what it wants takes a place from
/// others.
interface Seat {
    /// Takes a place; false when all are taken.
    boolean take();

    /// Gives it back, whether or not it was taken; once.
    void leave();
}

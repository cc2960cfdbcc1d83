package dev.kelpie.app.session;

import java.util.concurrent.atomic.AtomicInteger;

/// What all sessions share: the room for large starts, and how much a stream may have under way
/// (`docs/security.md` has the numbers).
record Bounds(StartRoom room, StreamWindow window) {
    private static final int LARGE_STARTS_BYTES = 16 << 20;

    /// @param sessions how many there are now
    static Bounds of(AtomicInteger sessions) {
        return new Bounds(new StartRoom(LARGE_STARTS_BYTES), new StreamWindow(sessions));
    }
}

package dev.kelpie.app.session;

import java.util.concurrent.atomic.AtomicInteger;

/// How many bytes one stream may have under way: the less, the more sessions there are, so that all
/// together stay within what the service has.
final class StreamWindow {
    /// What a client takes without being asked, and the most of any stream.
    static final int LARGEST = 256 * 1024;

    /// Twice of what a client gives back at a time, or both sides would wait for each other.
    static final int SMALLEST = 32 * 1024;

    private static final int TOGETHER = 16 << 20;

    private final AtomicInteger sessions;

    StreamWindow(AtomicInteger sessions) {
        this.sessions = sessions;
    }

    int bytes() {
        return Math.clamp(TOGETHER / Math.max(1, sessions.get()), SMALLEST, LARGEST);
    }
}

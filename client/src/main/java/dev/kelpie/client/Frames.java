package dev.kelpie.client;

/// The type byte of each frame, as in `docs/session-protocol.md`.
final class Frames {
    static final int START = 1;
    static final int DATA = 2;
    static final int END = 3;
    static final int CREDIT = 4;
    static final int SIGNAL = 5;
    static final int RESIZE = 6;
    static final int OPENED = 7;
    static final int REFUSED = 8;
    static final int LISTING = 9;
    static final int RAW = 10;
    static final int OPEN = 11;
    static final int CLOSE = 12;
    static final int LIST = 13;
    static final int LOOK_UP = 14;
    static final int EXIT = 15;
    static final int MAKE = 16;

    static final int STDIN = 0;
    static final int STDOUT = 1;
    static final int STDERR = 2;

    /// The most data in one frame.
    static final int CHUNK = 64 * 1024;

    private Frames() {}
}

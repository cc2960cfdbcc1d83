package dev.kelpie.app.session;

/// The type byte of each frame, as in `docs/session-protocol.md`.
final class FrameType {
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

    /// A frame's payload is never longer, but for START.
    static final int MAX_PAYLOAD = 65_536 + 16;

    /// START carries arguments and environment: the kernel's own bound for both is 2 MiB by
    /// default.
    static final int MAX_START = 4 << 20;

    /// What a client says in words: why a stream ended or a file was refused.
    private static final int MAX_TEXT = 8 * 1024;

    /// Numbers only.
    private static final int MAX_NUMBERS = 64;

    private FrameType() {}

    /// The longest payload of a type, as a client may send it.
    static int limit(int type) {
        return switch (type) {
            case START -> MAX_START;
            case DATA, LISTING -> MAX_PAYLOAD;
            case END, REFUSED -> MAX_TEXT;
            default -> MAX_NUMBERS;
        };
    }
}

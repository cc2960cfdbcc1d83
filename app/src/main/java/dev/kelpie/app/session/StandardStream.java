package dev.kelpie.app.session;

/// The three standard streams.
public enum StandardStream {
    STDIN(0),
    STDOUT(1),
    STDERR(2);

    private final int descriptor;

    StandardStream(int descriptor) {
        this.descriptor = descriptor;
    }

    /// The stream's file descriptor.
    public int descriptor() {
        return descriptor;
    }
}

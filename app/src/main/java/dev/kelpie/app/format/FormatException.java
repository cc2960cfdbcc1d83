package dev.kelpie.app.format;

/// A `--format` template that cannot be read, or that names a field which is not there.
public final class FormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public FormatException(String message) {
        super(message);
    }
}

package dev.kelpie.app.call;

/// A command that has not done what was asked of it, for a reason of its own.
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// The exit code of an error that has none of its own.
    public static final int ERROR = 125;

    private final int exitCode;

    public CommandException(String message) {
        this(message, ERROR);
    }

    public CommandException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}

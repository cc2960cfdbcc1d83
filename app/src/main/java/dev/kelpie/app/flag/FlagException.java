package dev.kelpie.app.flag;

/// A command line that cannot be understood; exit code 125.
public final class FlagException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean syntax;

    private FlagException(String message, boolean syntax) {
        super(message);
        this.syntax = syntax;
    }

    /// A flag that is unknown, lacks its value or has a malformed one: the message is followed by a
    /// hint to the command's help.
    public static FlagException syntax(String message) {
        return new FlagException(message, true);
    }

    /// Flags that make no sense together, or a value that means nothing.
    public static FlagException meaning(String message) {
        return new FlagException(message, false);
    }

    public boolean isSyntax() {
        return syntax;
    }
}

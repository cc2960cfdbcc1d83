package dev.kelpie.image;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A build that cannot be done; the message begins with the Containerfile and the line.
public final class BuildException extends ImageException {

    private final int exitCode;

    public BuildException(String message) {
        this(message, null);
    }

    /// Of a command of the build that has failed with this exit code.
    public BuildException(String message, int exitCode) {
        super(message, null);
        this.exitCode = exitCode;
    }

    public BuildException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = 0;
    }

    /// Of the command that has failed; empty when it is another mistake.
    public OptionalInt exitCode() {
        return exitCode == 0 ? OptionalInt.empty() : OptionalInt.of(exitCode);
    }
}

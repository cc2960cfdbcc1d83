package dev.kelpie.image;

/// A build that cannot be done; the message begins with the Containerfile and the line.
public final class BuildException extends ImageException {

    public BuildException(String message) {
        super(message, null);
    }

    public BuildException(String message, Throwable cause) {
        super(message, cause);
    }
}

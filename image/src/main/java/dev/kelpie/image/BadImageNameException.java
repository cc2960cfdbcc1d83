package dev.kelpie.image;

/// A name that cannot be read, or that is short and no registry is configured to search for it.
public final class BadImageNameException extends ImageException {

    public BadImageNameException(String message) {
        super(message, null);
    }

    public BadImageNameException(String message, Throwable cause) {
        super(message, cause);
    }
}

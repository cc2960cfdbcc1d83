package dev.kelpie.image;

/// An archive that is no image archive, is damaged, or claims what is not so.
public final class BadArchiveException extends ImageException {

    public BadArchiveException(String message) {
        super(message, null);
    }

    public BadArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}

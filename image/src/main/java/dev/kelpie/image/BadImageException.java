package dev.kelpie.image;

/// An image whose manifest, configuration or layers are not what they claim or break our limits.
public final class BadImageException extends ImageException {

    public BadImageException(String message) {
        super(message, null);
    }

    public BadImageException(String message, Throwable cause) {
        super(message, cause);
    }
}

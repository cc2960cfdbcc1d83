package dev.kelpie.image;

/// No image of this name or id is here.
public final class ImageNotFoundException extends ImageException {

    public ImageNotFoundException(String message) {
        super(message, null);
    }

    public ImageNotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}

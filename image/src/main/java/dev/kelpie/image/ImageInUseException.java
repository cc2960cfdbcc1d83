package dev.kelpie.image;

/// A container uses the image, so it stays.
public final class ImageInUseException extends ImageException {

    public ImageInUseException(String message) {
        super(message, null);
    }

    public ImageInUseException(String message, Throwable cause) {
        super(message, cause);
    }
}

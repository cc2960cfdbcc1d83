package dev.kelpie.image;

/// The disk failed us: full, unreadable, or not ours to write.
public final class ImageStoreException extends ImageException {

    public ImageStoreException(String message) {
        super(message, null);
    }

    public ImageStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.kelpie.image;

/// No image of this name or id is here.
public final class ImageNotFoundException extends ImageException {

    static ImageNotFoundException of(String nameOrId) {
        return new ImageNotFoundException(nameOrId + ": image not known");
    }

    public ImageNotFoundException(String message) {
        super(message, null);
    }

    public ImageNotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.kelpie.image;

import org.jspecify.annotations.Nullable;

/// Whatever can go wrong with images; the message names the image and quotes what was wrong.
public abstract sealed class ImageException extends RuntimeException
        permits BadArchiveException,
                BadImageException,
                BadImageNameException,
                BuildException,
                ImageInUseException,
                ImageNotFoundException,
                ImageStoreException,
                RegistryException {

    ImageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

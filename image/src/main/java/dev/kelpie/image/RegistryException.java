package dev.kelpie.image;

import java.util.OptionalInt;

/// A registry that cannot be reached, refuses, or sends something other than promised; the message
/// names the image, the registry, and quotes the registry's own words.
public final class RegistryException extends ImageException {

    private final int status;

    /// When no answer with a status came.
    public RegistryException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    /// When an answer came but was not what was promised (status 200) or refused the request.
    public RegistryException(String message, int status) {
        super(message, null);
        this.status = status;
    }

    /// The HTTP status that the registry answered with, if it answered.
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }
}

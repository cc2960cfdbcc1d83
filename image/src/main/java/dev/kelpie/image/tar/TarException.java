package dev.kelpie.image.tar;

import java.io.IOException;

/// A tar stream that breaks its own format or our limits.
public final class TarException extends IOException {

    public TarException(String message) {
        super(message);
    }
}

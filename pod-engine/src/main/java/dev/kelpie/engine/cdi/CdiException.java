package dev.kelpie.engine.cdi;

import java.io.Serial;

/// A spec file that is no good; stays inside: whoever asks for one of its devices is told.
final class CdiException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    CdiException(String message) {
        super(message);
    }
}

package dev.kelpie.kubegenerate.apply;

/// Nothing could be applied at all: what was given cannot be used.
public final class ApplyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ApplyException(String message) {
        super(message);
    }

    ApplyException(String message, Throwable cause) {
        super(message, cause);
    }
}

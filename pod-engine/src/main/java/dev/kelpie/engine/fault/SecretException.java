package dev.kelpie.engine.fault;

/// A secret that is there and cannot be used, or may not be changed. Never says anything of its
/// content.
public final class SecretException extends PodException {

    public SecretException(String message) {
        super(message);
    }

    public SecretException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.kelpie.engine.fault;

/// The engine's own records could not be read or written.
public final class StateException extends PodException {

    public StateException(String message) {
        super(message);
    }

    public StateException(String message, Throwable cause) {
        super(message, cause);
    }
}

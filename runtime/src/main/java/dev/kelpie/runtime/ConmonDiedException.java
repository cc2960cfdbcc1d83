package dev.kelpie.runtime;

/// conmon ended before it told whether the container or command started.
public final class ConmonDiedException extends HostException {

    public ConmonDiedException(String message) {
        super(message);
    }

    public ConmonDiedException(String message, Throwable cause) {
        super(message, cause);
    }
}

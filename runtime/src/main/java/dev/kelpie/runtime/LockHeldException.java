package dev.kelpie.runtime;

/// Another process holds the lock file.
public final class LockHeldException extends HostException {

    public LockHeldException(String message) {
        super(message);
    }

    public LockHeldException(String message, Throwable cause) {
        super(message, cause);
    }
}

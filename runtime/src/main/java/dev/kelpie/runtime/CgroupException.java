package dev.kelpie.runtime;

/// A control group could not be made, limited, joined or removed.
public final class CgroupException extends HostException {

    public CgroupException(String message) {
        super(message);
    }

    public CgroupException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.kelpie.runtime;

/// The OCI runtime knows no such container, or its init process has already ended.
public final class ContainerGoneException extends HostException {

    public ContainerGoneException(String message) {
        super(message);
    }

    public ContainerGoneException(String message, Throwable cause) {
        super(message, cause);
    }
}

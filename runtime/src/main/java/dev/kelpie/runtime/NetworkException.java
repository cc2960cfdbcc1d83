package dev.kelpie.runtime;

/// A network, address, port or firewall rule could not be set up or taken down.
public non-sealed class NetworkException extends HostException {

    public NetworkException(String message) {
        super(message);
    }

    public NetworkException(String message, Throwable cause) {
        super(message, cause);
    }
}

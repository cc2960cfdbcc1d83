package dev.kelpie.runtime.network;

import dev.kelpie.runtime.NetworkException;

/// A host port to be published is held by another process of the host.
public final class PortInUseException extends NetworkException {

    private final int port;

    PortInUseException(String address, int port, Protocol protocol, String holder) {
        super(
                "port %s:%d/%s is already in use%s"
                        .formatted(
                                address,
                                port,
                                protocol.word(),
                                holder.isEmpty() ? "" : " by " + holder));
        this.port = port;
    }

    public int port() {
        return port;
    }
}

package dev.kelpie.runtime.network;

import dev.kelpie.runtime.NetworkException;

/// aardvark-dns does not answer on a network's gateway: not there, or port 53 is somebody else's.
public final class DnsUnavailableException extends NetworkException {

    DnsUnavailableException(String message) {
        super(message);
    }
}

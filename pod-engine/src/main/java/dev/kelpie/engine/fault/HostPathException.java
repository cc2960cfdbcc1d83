package dev.kelpie.engine.fault;

/// A path of the host that a pod asks for is missing or of the wrong kind.
public final class HostPathException extends PodException {

    public HostPathException(String message) {
        super(message);
    }
}

package dev.kelpie.engine.fault;

/// A network that pods or containers still join.
public final class NetworkInUseException extends PodException {

    public NetworkInUseException(String name) {
        super(
                "\""
                        + name
                        + "\" has associated containers with it."
                        + " Use -f to forcibly delete containers and pods: network is being used");
    }
}

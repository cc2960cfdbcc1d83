package dev.kelpie.engine.fault;

/// No network has this name or id.
public final class NetworkNotFoundException extends PodException {

    public NetworkNotFoundException(String nameOrId) {
        super("unable to find network with name or ID " + nameOrId + ": network not found");
    }
}

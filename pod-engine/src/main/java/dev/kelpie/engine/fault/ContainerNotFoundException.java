package dev.kelpie.engine.fault;

/// No container has this name or id.
public final class ContainerNotFoundException extends PodException {

    public ContainerNotFoundException(String nameOrId) {
        super("no container with name or ID \"" + nameOrId + "\" found: no such container");
    }
}

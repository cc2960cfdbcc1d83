package dev.kelpie.engine.fault;

/// The container is not in a state in which this can be done.
public final class ContainerStateException extends PodException {

    public ContainerStateException(String message) {
        super(message);
    }
}

package dev.kelpie.engine.fault;

/// An init container ended with another code than 0, so its pod does not start.
public final class InitContainerFailedException extends PodException {

    public InitContainerFailedException(String name, int exitCode) {
        super("init container " + name + " exited with code " + exitCode);
    }
}

package dev.kelpie.engine.fault;

/// No pod has this name or id.
public final class PodNotFoundException extends PodException {

    public PodNotFoundException(String nameOrId) {
        super("no pod with name or ID " + nameOrId + " found: no such pod");
    }
}

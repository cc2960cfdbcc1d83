package dev.kelpie.engine.fault;

/// No secret has this name or id.
public final class SecretNotFoundException extends PodException {

    public SecretNotFoundException(String nameOrId) {
        super("no secret with name or id \"" + nameOrId + "\": no such secret");
    }
}

package dev.kelpie.engine.fault;

/// More than one thing's id begins like this.
public final class AmbiguousIdException extends PodException {

    public AmbiguousIdException(String prefix) {
        super("more than one result for ID \"" + prefix + "\": provide more of it");
    }
}

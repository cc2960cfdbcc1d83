package dev.kelpie.engine.fault;

/// What was asked for contradicts itself or what is there.
public final class InvalidRequestException extends PodException {

    public InvalidRequestException(String message) {
        super(message);
    }
}

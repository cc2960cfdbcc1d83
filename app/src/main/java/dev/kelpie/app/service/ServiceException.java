package dev.kelpie.app.service;

/// What keeps the service from starting; the message is for the user who ran the first command.
public final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ServiceException(String message) {
        super(message);
    }

    ServiceException(String message, Throwable cause) {
        super(message, cause);
    }
}

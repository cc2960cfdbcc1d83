package dev.kelpie.client;

/// Why the command could not be handed over; the message is printed as it is.
final class ClientException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClientException(String message) {
        super(message);
    }

    ClientException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.kelpie.app.session;

/// What can go wrong between a command and its client.
public abstract sealed class SessionException extends RuntimeException
        permits ClientFileException, ClientGoneException, ProtocolException {
    private static final long serialVersionUID = 1;

    SessionException(String message) {
        super(message);
    }
}

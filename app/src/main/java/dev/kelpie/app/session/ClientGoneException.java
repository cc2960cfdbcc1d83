package dev.kelpie.app.session;

/// The client is no longer there: it was killed or has closed the connection.
public final class ClientGoneException extends SessionException {
    ClientGoneException() {
        super("the client has gone");
    }
}

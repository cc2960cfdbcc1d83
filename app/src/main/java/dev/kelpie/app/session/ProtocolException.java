package dev.kelpie.app.session;

/// The peer broke the session protocol; only its own session ends.
public final class ProtocolException extends SessionException {
    ProtocolException(String message) {
        super(message);
    }
}

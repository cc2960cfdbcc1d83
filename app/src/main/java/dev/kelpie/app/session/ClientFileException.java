package dev.kelpie.app.session;

/// A file that the client could not open or list for us; the message reads like the shell's: `open
/// web.yaml: no such file or directory`.
public final class ClientFileException extends SessionException {
    private final String path;
    private final String reason;

    public ClientFileException(String operation, String path, String reason) {
        super(operation + " " + path + ": " + reason);
        this.path = path;
        this.reason = reason;
    }

    /// The path as it was asked for.
    public String path() {
        return path;
    }

    /// The system's words, such as `no such file or directory`, `permission denied`, `is a
    /// directory`.
    public String reason() {
        return reason;
    }
}

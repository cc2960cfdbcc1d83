package dev.kelpie.quadlet.systemd;

/// systemctl said no.
public final class SystemdException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SystemdException(String message) {
        super(message);
    }
}

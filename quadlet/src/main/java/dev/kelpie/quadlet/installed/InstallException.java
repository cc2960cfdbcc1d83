package dev.kelpie.quadlet.installed;

/// Why unit files cannot be installed, found or removed.
public final class InstallException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InstallException(String message) {
        super(message);
    }
}

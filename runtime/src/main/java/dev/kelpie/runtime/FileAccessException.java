package dev.kelpie.runtime;

/// A file or directory of the host could not be read or written; the message names it.
public final class FileAccessException extends HostException {

    public FileAccessException(String message) {
        super(message);
    }

    public FileAccessException(String message, Throwable cause) {
        super(message, cause);
    }
}

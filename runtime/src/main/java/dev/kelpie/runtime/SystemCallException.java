package dev.kelpie.runtime;

/// A system call failed; the message names the call, what it was about and the kernel's reason.
public final class SystemCallException extends HostException {

    private final int errno;

    public SystemCallException(String call, String about, int errno, String reason) {
        super(call + " '" + about + "': " + reason);
        this.errno = errno;
    }

    /// The error number, see errno(3).
    public int errno() {
        return errno;
    }
}

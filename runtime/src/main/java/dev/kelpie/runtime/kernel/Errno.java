package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import dev.kelpie.runtime.SystemCallException;

/// Error numbers of errno(3) that somebody here decides by; the same on every Linux architecture we
/// run on.
public final class Errno {

    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int ENXIO = 6;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int EXDEV = 18;
    public static final int ENODEV = 19;
    public static final int ENOTDIR = 20;
    public static final int EISDIR = 21;
    public static final int EINVAL = 22;
    public static final int ENOSPC = 28;
    public static final int EPIPE = 32;
    public static final int ENOSYS = 38;
    public static final int ENOTEMPTY = 39;
    public static final int ELOOP = 40;
    public static final int ENODATA = 61;
    public static final int EOPNOTSUPP = 95;
    public static final int ECONNRESET = 104;

    private Errno() {}

    /// What a failed native call is told as: `call` is its name, `about` the file or thing it was
    /// about.
    public static SystemCallException failed(String call, String about, LastErrorException error) {
        return failed(call, about, error.getErrorCode());
    }

    static SystemCallException failed(String call, String about, int errno) {
        return new SystemCallException(call, about, errno, reason(errno));
    }

    private static String reason(int errno) {
        var text = Strerror.strerror(errno);
        return text == null ? "error " + errno : text;
    }

    private static final class Strerror {
        static {
            Native.register(Strerror.class, "c");
        }

        static native @org.jspecify.annotations.Nullable String strerror(int errno);
    }
}

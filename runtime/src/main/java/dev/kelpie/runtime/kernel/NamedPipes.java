package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import dev.kelpie.runtime.SystemCallException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Writing to named pipes without ever hanging on a missing reader.
public final class NamedPipes {

    private NamedPipes() {}

    /// Writes a few bytes if somebody reads at the other end; false if nobody does or there is no
    /// such pipe.
    public static boolean write(Path path, String text) {
        try (var fd = Fd.open(path, Fd.O_WRONLY | Fd.O_NONBLOCK, 0)) {
            return write(fd, path, text);
        } catch (SystemCallException e) {
            return isUnread(e);
        }
    }

    /// As `write`, for a pipe that serves once: its name is taken away before the reader goes on.
    public static boolean writeOnce(Path path, String text) {
        try (var fd = Fd.open(path, Fd.O_WRONLY | Fd.O_NONBLOCK | Fd.O_NOFOLLOW, 0)) {
            LibC.unlinkat(Fd.CWD, FileName.terminated(path.toString()), 0);
            return write(fd, path, text);
        } catch (SystemCallException e) {
            return isUnread(e);
        } catch (LastErrorException e) {
            throw Errno.failed("unlink", path.toString(), e);
        }
    }

    private static boolean write(Fd fd, Path path, String text) {
        try {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            LibC.write(fd.number(), bytes, new NativeLong(bytes.length));
            return true;
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.EPIPE || e.getErrorCode() == Errno.EAGAIN) {
                return false;
            }
            throw Errno.failed("write", path.toString(), e);
        }
    }

    private static boolean isUnread(SystemCallException e) {
        if (e.errno() == Errno.ENXIO || e.errno() == Errno.ENOENT) {
            return false;
        }
        throw e;
    }
}

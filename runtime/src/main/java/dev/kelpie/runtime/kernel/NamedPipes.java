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
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            LibC.write(fd.number(), bytes, new NativeLong(bytes.length));
            return true;
        } catch (SystemCallException e) {
            if (e.errno() == Errno.ENXIO || e.errno() == Errno.ENOENT) {
                return false;
            }
            throw e;
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.EPIPE || e.getErrorCode() == Errno.EAGAIN) {
                return false;
            }
            throw Errno.failed("write", path.toString(), e);
        }
    }
}

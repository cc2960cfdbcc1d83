package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import dev.kelpie.runtime.LockHeldException;
import java.nio.file.Path;

/// An exclusive flock(2) on a file, held until closed or until this process ends; never inherited
/// by a child.
public final class LockFile implements AutoCloseable {

    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;

    private final Fd fd;

    private LockFile(Fd fd) {
        this.fd = fd;
    }

    /// Takes the lock or throws `LockHeldException` at once; the file is made if missing (0600) and
    /// never deleted.
    public static LockFile take(Path file) {
        var fd = Fd.open(file, Fd.O_RDWR | Fd.O_CREAT, 0600);
        try {
            LibC.flock(fd.number(), LOCK_EX | LOCK_NB);
            return new LockFile(fd);
        } catch (LastErrorException e) {
            fd.close();
            if (e.getErrorCode() == Errno.EAGAIN) {
                throw new LockHeldException("another process holds lock '" + file + "'", e);
            }
            throw Errno.failed("flock", file.toString(), e);
        }
    }

    @Override
    public void close() {
        fd.close();
    }
}

package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// openat2(2) inside a root: symlinks, `..` and absolute names all stay below the directory it
/// starts from.
final class OpenHow {

    static final int OPENAT2 = 437;
    private static final int SIZE = 24;
    private static final long RESOLVE_NO_XDEV = 1;
    private static final long RESOLVE_BENEATH = 8;
    private static final long RESOLVE_NO_MAGICLINKS = 2;
    private static final long RESOLVE_IN_ROOT = 16;

    /// The kernel gives EAGAIN when something was renamed meanwhile and it cannot be sure.
    private static final int TRIES = 100;

    private OpenHow() {}

    static Fd inRoot(Fd root, String path, int flags, int mode) {
        var how =
                ByteBuffer.allocate(SIZE)
                        .order(ByteOrder.nativeOrder())
                        .putLong(Integer.toUnsignedLong(flags | Fd.O_CLOEXEC))
                        .putLong(mode)
                        .putLong(RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS)
                        .array();
        return open(root, FileName.terminated(path.isEmpty() ? "." : path), how, path);
    }

    /// An entry of a directory by its bytes, never into another mount.
    static Fd entry(Fd directory, byte[] name, int flags, String about) {
        var how =
                ByteBuffer.allocate(SIZE)
                        .order(ByteOrder.nativeOrder())
                        .putLong(Integer.toUnsignedLong(flags | Fd.O_CLOEXEC))
                        .putLong(0)
                        .putLong(RESOLVE_NO_XDEV | RESOLVE_BENEATH)
                        .array();
        return open(directory, name, how, about);
    }

    private static Fd open(Fd root, byte[] name, byte[] how, String path) {
        for (int tries = 1; ; tries++) {
            try {
                var number = new NativeLong(OPENAT2);
                return new Fd(
                        LibC.syscall(number, root.number(), name, how, new NativeLong(SIZE))
                                .intValue());
            } catch (LastErrorException e) {
                var again = e.getErrorCode() == Errno.EAGAIN || e.getErrorCode() == Errno.EINTR;
                if (!again || tries == TRIES) {
                    throw Errno.failed("open", path, e);
                }
            }
        }
    }

    /// Whether this kernel has openat2 (Linux 5.6) and lets us call it: some container hosts filter
    /// it.
    static boolean works() {
        try (var root = Fd.open(java.nio.file.Path.of("/"), Fd.O_PATH | Fd.O_DIRECTORY, 0)) {
            inRoot(root, ".", Fd.O_PATH | Fd.O_DIRECTORY, 0).close();
            return true;
        } catch (dev.kelpie.runtime.SystemCallException _) {
            return false;
        }
    }
}

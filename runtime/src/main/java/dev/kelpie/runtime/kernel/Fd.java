package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/// An open file descriptor that closes once; never handed on to a program unless that is asked for.
public final class Fd implements AutoCloseable {

    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;
    static final int O_NONBLOCK = 0x800;
    static final int O_DIRECTORY = arch(0x10000, 0x4000);
    static final int O_NOFOLLOW = arch(0x20000, 0x8000);
    static final int O_CLOEXEC = 0x80000;
    static final int O_PATH = 0x200000;

    static final int POLLIN = 1;
    static final int POLLHUP = 0x10;
    static final int CWD = -100;

    private static final int F_SETFL = 4;

    private int number;

    Fd(int number) {
        this.number = number;
    }

    /// x86-64 and arm64 differ in some open(2) flags; every other 64-bit Linux we run on has the
    /// x86 ones.
    private static int arch(int x86, int arm) {
        return System.getProperty("os.arch", "").equals("aarch64") ? arm : x86;
    }

    /// open(2); always O_CLOEXEC.
    static Fd open(Path path, int flags, int mode) {
        try {
            return new Fd(LibC.open(FileName.terminated(path.toString()), flags | O_CLOEXEC, mode));
        } catch (LastErrorException e) {
            throw Errno.failed("open", path.toString(), e);
        }
    }

    /// /dev/null, for a child process that reads or says nothing.
    public static Fd devNull() {
        return open(Path.of("/dev/null"), O_RDWR, 0);
    }

    int number() {
        if (number < 0) {
            throw new IllegalStateException("file descriptor is closed");
        }
        return number;
    }

    /// Reading and writing give EAGAIN instead of waiting.
    void doNotBlock() {
        try {
            LibC.fcntl(number(), F_SETFL, new NativeLong(O_NONBLOCK));
        } catch (LastErrorException e) {
            throw Errno.failed("fcntl", "fd " + number, e);
        }
    }

    /// A name through which anybody in this process reaches what the descriptor stands for.
    Path link() {
        return Path.of("/proc/self/fd/" + number());
    }

    /// Whether anything of `events` or an end happens within `millis` (-1: for ever); gives the
    /// events that came.
    int poll(int events, int millis) {
        var entry = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
        entry.putInt(number()).putShort((short) events);
        long deadline = System.nanoTime() + millis * 1_000_000L;
        while (true) {
            try {
                LibC.poll(entry.array(), new NativeLong(1), millis < 0 ? -1 : left(deadline));
                return entry.getShort(6);
            } catch (LastErrorException e) {
                if (e.getErrorCode() != Errno.EINTR) {
                    throw Errno.failed("poll", "fd " + number, e);
                }
            }
        }
    }

    private static int left(long deadline) {
        return (int) Math.max(0, (deadline - System.nanoTime() + 999_999) / 1_000_000);
    }

    @Override
    public void close() {
        if (number >= 0) {
            LibC.close(number);
            number = -1;
        }
    }
}

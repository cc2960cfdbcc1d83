package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import dev.kelpie.runtime.HostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A new network namespace mounted on a file, which keeps it alive without any process, see
/// network_namespaces(7).
///
/// The mount needs no shared parent: nobody but us enters by the file, and when it is unlinked the
/// kernel detaches the copies other mount namespaces made of it.
public final class NetnsFile {

    private static final int CLONE_NEWNET = 0x40000000;
    private static final int MS_BIND = 4096;
    private static final int NSFS_MAGIC = 0x6e736673;
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | Fd.O_CLOEXEC;
    private static final int SIOCSIFFLAGS = 0x8914;
    private static final int IFF_UP = 1;

    private NetnsFile() {}

    /// Makes a namespace with `lo` up and mounts it on `file`, which exists.
    ///
    /// A thread of its own leaves our namespace for good and ends: back in a pool it would poison
    /// whatever runs on it next.
    public static void create(Path file) {
        var failure = new AtomicReference<@Nullable HostException>();
        var thread =
                Thread.ofPlatform()
                        .name("netns " + file.getFileName())
                        .start(() -> {
                            try {
                                unshareAndMount(file);
                            } catch (HostException e) {
                                failure.set(e);
                            }
                        });
        joinWhole(thread);
        var thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
    }

    /// Whether a namespace is mounted on the file: it lies on nsfs, see statfs(2).
    public static boolean isNamespace(Path file) {
        var result = new byte[256];
        try {
            Calls.statfs(FileName.terminated(file.toString()), result);
        } catch (LastErrorException e) {
            return false;
        }
        return ByteBuffer.wrap(result).order(ByteOrder.nativeOrder()).getLong() == NSFS_MAGIC;
    }

    private static void unshareAndMount(Path file) {
        var step = "unshare";
        try {
            Calls.unshare(CLONE_NEWNET);
            step = "set 'lo' up for";
            setLoopbackUp();
            step = "mount";
            LibC.mount(
                    FileName.terminated("/proc/thread-self/ns/net"),
                    FileName.terminated(file.toString()),
                    FileName.terminated("none"),
                    new NativeLong(MS_BIND),
                    FileName.terminated(""));
        } catch (LastErrorException e) {
            throw Errno.failed(step, file.toString(), e);
        }
    }

    private static void setLoopbackUp() {
        // struct ifreq, netdevice(7): 16 bytes of name, then the flags
        var request = ByteBuffer.allocate(40).order(ByteOrder.nativeOrder());
        request.put("lo".getBytes(StandardCharsets.US_ASCII)).putShort(16, (short) IFF_UP);
        try (var socket = new Fd(LibC.socket(AF_INET, SOCK_DGRAM_CLOEXEC, 0))) {
            Calls.ioctl(socket.number(), new NativeLong(SIOCSIFFLAGS), request.array());
        }
    }

    private static void joinWhole(Thread thread) {
        var interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Calls {
        static {
            Native.register(Calls.class, "c");
        }

        static native int unshare(int flags) throws LastErrorException;

        static native int ioctl(int fd, NativeLong request, byte[] argument)
                throws LastErrorException;

        static native int statfs(byte[] path, byte[] result) throws LastErrorException;
    }
}

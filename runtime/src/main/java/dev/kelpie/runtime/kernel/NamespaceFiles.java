package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.HostException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// A network, an IPC and a UTS namespace made at once and mounted on the files `net`, `ipc` and
/// `uts` of a folder, which keep them alive without any process, see namespaces(7). So all
/// containers of a pod can be created at the same time.
public final class NamespaceFiles {

    private static final int CLONE_NEWUTS = 0x04000000;
    private static final int CLONE_NEWIPC = 0x08000000;
    private static final int CLONE_NEWNET = 0x40000000;
    private static final List<String> KINDS = List.of("net", "ipc", "uts");

    private NamespaceFiles() {}

    /// Makes them with `lo` up and the host name set; the folder is made if missing. Nothing is
    /// left when it fails.
    public static void create(Path folder, String hostname) throws InterruptedException {
        makeFiles(folder);
        var made = new CompletableFuture<Void>();
        // a thread of its own leaves our namespaces for good and ends; back in a pool it would
        // poison what runs on it next
        var thread =
                Thread.ofPlatform()
                        .name("namespaces " + folder.getFileName())
                        .start(() -> {
                            try {
                                unshareAndMount(folder, hostname);
                                made.complete(null);
                            } catch (RuntimeException e) {
                                made.completeExceptionally(e);
                            }
                        });
        try {
            made.get();
            thread.join();
        } catch (ExecutionException e) {
            delete(folder);
            if (e.getCause() instanceof HostException known) {
                throw known;
            }
            throw new IllegalStateException(
                    "cannot make namespaces in '" + folder + "'", e.getCause());
        }
    }

    /// Whether all three are mounted.
    public static boolean isAlive(Path folder) {
        return KINDS.stream().map(folder::resolve).allMatch(NetnsFile::isNamespace);
    }

    /// Takes the mounts off and removes the files and the folder; what is missing is fine. The
    /// namespaces end with their last process.
    public static void delete(Path folder) {
        try {
            for (var kind : KINDS) {
                Mounts.unmount(folder.resolve(kind));
                Files.deleteIfExists(folder.resolve(kind));
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new FileAccessException(
                    "cannot remove namespaces in '" + folder + "': " + e.getMessage(), e);
        }
    }

    private static void makeFiles(Path folder) {
        try {
            Files.createDirectories(folder);
            for (var kind : KINDS) {
                Files.createFile(folder.resolve(kind));
            }
        } catch (IOException e) {
            throw new FileAccessException(
                    "cannot make namespaces in '" + folder + "': " + e.getMessage(), e);
        }
    }

    private static void unshareAndMount(Path folder, String hostname) {
        var step = "unshare";
        try {
            Calls.unshare(CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS);
            step = "sethostname";
            var name = hostname.getBytes(StandardCharsets.UTF_8);
            Calls.sethostname(name, new NativeLong(name.length));
            step = "set 'lo' up for";
            setLoopbackUp();
        } catch (LastErrorException e) {
            throw Errno.failed(step, folder.toString(), e);
        }
        for (var kind : KINDS) {
            Mounts.bindFile(Path.of("/proc/thread-self/ns").resolve(kind), folder.resolve(kind));
        }
    }

    /// `struct ifreq` of netdevice(7): 16 bytes of name, then the flags.
    private static void setLoopbackUp() {
        var request = ByteBuffer.allocate(40).order(ByteOrder.nativeOrder());
        request.put("lo".getBytes(StandardCharsets.US_ASCII)).putShort(16, (short) 1);
        try (var socket = new Fd(LibC.socket(2, 2 | Fd.O_CLOEXEC, 0))) {
            Calls.ioctl(socket.number(), new NativeLong(0x8914), request.array());
        }
    }

    private static final class Calls {
        static {
            Native.register(Calls.class, "c");
        }

        static native int unshare(int flags) throws LastErrorException;

        static native int sethostname(byte[] name, NativeLong length) throws LastErrorException;

        static native int ioctl(int fd, NativeLong request, byte[] argument)
                throws LastErrorException;
    }
}

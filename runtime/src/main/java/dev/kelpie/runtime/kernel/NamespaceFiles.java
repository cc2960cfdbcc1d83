package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.spec.Linux.IdMappings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A network, an IPC and a UTS namespace made at once and mounted on the files `net`, `ipc` and
/// `uts` of a folder, which keep them alive without any process, see namespaces(7). So all
/// containers of a pod can be created at the same time.
public final class NamespaceFiles {

    private static final int CLONE_NEWUTS = 0x04000000;
    private static final int CLONE_NEWIPC = 0x08000000;
    private static final int CLONE_NEWNET = 0x40000000;
    private static final List<String> KINDS = List.of("net", "ipc", "uts");
    private static final String USER = "user";
    private static final String PING = "net/ipv4/ping_group_range";

    private NamespaceFiles() {}

    /// Makes them with `lo` up and the host name set; the folder is made if missing. Nothing is
    /// left when it fails.
    public static void create(Path folder, String hostname) throws InterruptedException {
        create(folder, hostname, Map.of());
    }

    /// The same with kernel parameters set in them, by their path below /proc/sys
    /// (`net/ipv4/ip_forward`): only such as belong to the network or IPC namespace, any other
    /// would be the host's.
    public static void create(Path folder, String hostname, Map<String, String> parameters)
            throws InterruptedException {
        create(folder, hostname, parameters, Optional.empty());
    }

    /// The same; with `ids` they belong to a new user namespace, which is mounted on the file
    /// `user`.
    public static void create(
            Path folder, String hostname, Map<String, String> parameters, Optional<IdMappings> ids)
            throws InterruptedException {
        makeFiles(folder);
        if (ids.isEmpty()) {
            fill(folder, NamespaceFiles::unshare, hostname, parameters);
            return;
        }
        try (var users = NewUsers.make(ids.get())) {
            fill(folder, users::join, hostname, inside(parameters, ids.get()));
            makeFile(folder.resolve(USER));
            Mounts.bindFile(users.namespace(USER), folder.resolve(USER));
        } catch (RuntimeException | InterruptedException e) {
            delete(folder);
            throw e;
        }
    }

    /// Whoever writes it is read by his own namespace's ids, not by theirs.
    private static Map<String, String> inside(Map<String, String> parameters, IdMappings ids) {
        if (parameters.containsKey(PING)) {
            return parameters;
        }
        var root = Long.toString(ids.group(0));
        var all = new TreeMap<>(parameters);
        all.put(PING, root + " " + root);
        return all;
    }

    private static void fill(
            Path folder, Runnable enter, String hostname, Map<String, String> parameters)
            throws InterruptedException {
        var done = false;
        try {
            LeavingThread.run(
                    "namespaces " + folder.getFileName(),
                    () -> {
                        enter.run();
                        mount(folder, hostname);
                        parameters.forEach(NamespaceFiles::setParameter);
                        return folder;
                    });
            done = true;
        } finally {
            if (!done) {
                delete(folder);
            }
        }
    }

    /// Takes the calling thread into those on the files of a folder, for good.
    static void join(Path folder) {
        for (var kind : KINDS) {
            var file = folder.resolve(kind);
            try (var fd = Fd.open(file, Fd.O_RDONLY, 0)) {
                LibC.setns(fd.number(), 0);
            } catch (LastErrorException e) {
                throw Errno.failed("setns", file.toString(), e);
            }
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
            for (var kind : List.of("net", "ipc", "uts", USER)) {
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
                makeFile(folder.resolve(kind));
            }
        } catch (IOException e) {
            throw new FileAccessException(
                    "cannot make namespaces in '" + folder + "': " + e.getMessage(), e);
        }
    }

    private static void makeFile(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new FileAccessException("cannot make '" + file + "': " + e.getMessage(), e);
        }
    }

    private static void unshare() {
        try {
            Calls.unshare(CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS);
        } catch (LastErrorException e) {
            throw Errno.failed("unshare", "net, ipc, uts", e);
        }
    }

    private static void mount(Path folder, String hostname) {
        var step = "sethostname";
        try {
            var name = hostname.getBytes(StandardCharsets.UTF_8);
            Calls.sethostname(name, new NativeLong(name.length));
            step = "set 'lo' up for";
            setLoopbackUp();
        } catch (LastErrorException e) {
            throw Errno.failed(step, folder.toString(), e);
        }
        letRootPing();
        for (var kind : KINDS) {
            Mounts.bindFile(Path.of("/proc/thread-self/ns").resolve(kind), folder.resolve(kind));
        }
    }

    /// The field's default: whose group is 0 may ping without CAP_NET_RAW. A host where that cannot
    /// be had is no worse for it.
    private static void letRootPing() {
        try {
            setParameter(PING, "0 0");
        } catch (FileAccessException e) {
            System.getLogger(NamespaceFiles.class.getName())
                    .log(System.Logger.Level.DEBUG, "no ping without CAP_NET_RAW", e);
        }
    }

    /// Written by the thread that is in the namespaces: /proc/sys shows those of who opens it.
    private static void setParameter(String name, String value) {
        var file = Path.of("/proc/sys").resolve(name);
        try {
            Files.writeString(file, value, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            throw new FileAccessException(
                    "there is no sysctl '" + name + "' in a namespace of its own", e);
        } catch (IOException e) {
            throw new FileAccessException(
                    "cannot set the sysctl '" + name + "' to '" + value + "': " + e.getMessage(),
                    e);
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

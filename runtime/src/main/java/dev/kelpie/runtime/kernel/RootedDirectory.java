package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.SystemCallException;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// File work below a root directory that somebody else filled: nothing outside can be reached,
/// whatever symlinks it holds, not even while it is changed at the same time (openat2(2) with
/// RESOLVE_IN_ROOT and RESOLVE_NO_MAGICLINKS).
///
/// Paths are relative to the root, a leading `/` is the root itself, `..` stops there; symlinks on
/// the way are followed inside the root. The last name is never followed, except by `read`,
/// `makeDirectories` and `stat` where they say so. Names carry bytes that are not UTF-8 as
/// `FileName` has it. Not for use by several threads at once on the same names, but safe.
public final class RootedDirectory implements AutoCloseable {

    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EMPTY_PATH = 0x1000;

    private final Path path;
    private final Fd root;

    private RootedDirectory(Path path, Fd root) {
        this.path = path;
        this.root = root;
    }

    /// Opens an existing directory; a trusted path, followed as usual.
    public static RootedDirectory open(Path path) {
        return new RootedDirectory(path, Fd.open(path, Fd.O_PATH | Fd.O_DIRECTORY, 0));
    }

    /// Whether the kernel can do this at all (Linux 5.6, not filtered away).
    public static boolean isSupported() {
        return OpenHow.works();
    }

    /// Opens a directory below as a root of its own; symlinks on the way stay inside this root.
    public RootedDirectory open(String directory) {
        var fd = OpenHow.inRoot(root, directory, Fd.O_PATH | Fd.O_DIRECTORY, 0);
        return new RootedDirectory(path.resolve(stripped(directory)), fd);
    }

    /// Where it is on the host, for messages.
    public Path path() {
        return path;
    }

    /// Facts of the entry itself, a symlink included; empty if there is none.
    public Optional<EntryFacts> stat(String name) {
        return facts(name, Fd.O_PATH | Fd.O_NOFOLLOW);
    }

    /// Facts of what the name leads to inside the root; empty if there is nothing.
    public Optional<EntryFacts> statFollowing(String name) {
        return facts(name, Fd.O_PATH);
    }

    private Optional<EntryFacts> facts(String name, int flags) {
        try (var fd = OpenHow.inRoot(root, name, flags, 0)) {
            return Optional.of(facts(fd, name));
        } catch (SystemCallException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// When the entry itself, a symlink included, was changed last.
    public Instant modified(String name) {
        try (var fd = OpenHow.inRoot(root, name, Fd.O_PATH | Fd.O_NOFOLLOW, 0)) {
            return EntryFacts.modified(statx(fd, name));
        }
    }

    private static EntryFacts facts(Fd fd, String about) {
        return EntryFacts.of(statx(fd, about));
    }

    private static byte[] statx(Fd fd, String about) {
        var result = new byte[EntryFacts.STATX_SIZE];
        attempt(
                "statx",
                about,
                () ->
                        LibC.statx(
                                fd.number(),
                                new byte[1],
                                AT_EMPTY_PATH,
                                EntryFacts.STATX_BASIC_STATS,
                                result));
        return result;
    }

    /// The names in a directory with their types, in no order.
    public List<DirectoryEntry> list(String directory) {
        try (var fd = OpenHow.inRoot(root, directory, Fd.O_RDONLY | Fd.O_DIRECTORY, 0)) {
            return DirectoryEntry.readAll(fd, directory);
        }
    }

    /// Makes one directory; its parent must exist.
    public void makeDirectory(String name, int mode) {
        inParent(
                name,
                (dir, last) -> {
                    LibC.mkdirat(dir.number(), last, mode & 07777);
                    setMode(dir, last, mode);
                });
    }

    /// Makes a directory and its missing parents; what exists is left as it is, a symlink to a
    /// directory counts as one.
    public void makeDirectories(String name, int mode) {
        var done = new StringBuilder();
        for (var part : stripped(name).split("/+", -1)) {
            done.append('/').append(part);
            var there = statFollowing(done.toString());
            if (there.isEmpty()) {
                makeDirectory(done.toString(), mode);
            } else if (!there.get().isDirectory()) {
                throw Errno.failed("mkdir", done.toString(), Errno.ENOTDIR);
            }
        }
    }

    /// Makes a new file and opens it for writing; an entry that exists is an error.
    public FileChannel createFile(String name, int mode) {
        var flags = Fd.O_WRONLY | Fd.O_CREAT | Fd.O_EXCL | Fd.O_NOFOLLOW;
        try (var fd = OpenHow.inRoot(root, name, flags, mode & 07777)) {
            LibC.fchmod(fd.number(), mode & 07777); // the umask of this process must not count
            return new FileOutputStream(fd.link().toString()).getChannel();
        } catch (IOException e) {
            throw new FileAccessException("cannot write '" + name + "' below '" + path + "'", e);
        }
    }

    /// Opens a regular file for reading; a symlink is followed inside the root, anything but a file
    /// is an error.
    public InputStream read(String name) {
        return read(name, _ -> {});
    }

    /// The same of a file in which `check` finds nothing to throw, whatever has its name since.
    public InputStream read(String name, Consumer<EntryFacts> check) {
        try (var fd = OpenHow.inRoot(root, name, Fd.O_PATH, 0)) {
            var facts = facts(fd, name);
            if (facts.type() != EntryType.FILE) {
                throw new FileAccessException(
                        "'" + name + "' below '" + path + "' is not a regular file");
            }
            check.accept(facts);
            return new FileInputStream(fd.link().toString());
        } catch (IOException e) {
            throw new FileAccessException("cannot read '" + name + "' below '" + path + "'", e);
        }
    }

    public void symlink(String target, String name) {
        inParent(
                name,
                (dir, last) -> LibC.symlinkat(FileName.terminated(target), dir.number(), last));
    }

    /// What a symlink says.
    public String readSymlink(String name) {
        var buffer = new byte[4096];
        try (var fd = OpenHow.inRoot(root, name, Fd.O_PATH | Fd.O_NOFOLLOW, 0)) {
            int length =
                    LibC.readlinkat(fd.number(), new byte[1], buffer, new NativeLong(buffer.length))
                            .intValue();
            return FileName.decode(Arrays.copyOf(buffer, length));
        } catch (LastErrorException e) {
            throw Errno.failed("readlink", name, e);
        }
    }

    /// A second name for an entry; a symlink itself is linked, not what it points to.
    public void link(String existing, String name) {
        inParent(
                existing,
                (from, old) ->
                        inParent(
                                name,
                                (dir, last) ->
                                        LibC.linkat(from.number(), old, dir.number(), last, 0)));
    }

    /// Renames inside the root, replacing as rename(2) does.
    public void rename(String existing, String name) {
        inParent(
                existing,
                (from, old) ->
                        inParent(
                                name,
                                (dir, last) ->
                                        LibC.renameat(from.number(), old, dir.number(), last)));
    }

    public void makeFifo(String name, int mode) {
        makeNode(name, EntryType.FIFO, mode, new EntryFacts.Device(0, 0));
    }

    /// Makes a device node; character device 0:0 is an overlay's whiteout.
    public void makeDevice(String name, EntryType type, int mode, EntryFacts.Device device) {
        makeNode(name, type, mode, device);
    }

    private void makeNode(String name, EntryType type, int mode, EntryFacts.Device device) {
        long number =
                ((device.major() & 0xFFFFF000L) << 32)
                        | ((device.major() & 0xFFFL) << 8)
                        | ((device.minor() & 0xFFFFFF00L) << 12)
                        | (device.minor() & 0xFFL);
        inParent(
                name,
                (dir, last) -> {
                    LibC.mknodat(
                            dir.number(),
                            last,
                            type.modeBits() | (mode & 07777),
                            new NativeLong(number));
                    setMode(dir, last, mode);
                });
    }

    /// Gives an entry its owner, extended attributes, mode and times, in that order.
    public void setAttributes(String name, EntryAttributes attributes) {
        try (var fd = OpenHow.inRoot(root, name, Fd.O_PATH | Fd.O_NOFOLLOW, 0)) {
            EntryWork.apply(fd, facts(fd, name).type(), attributes, name);
        }
    }

    public void changeOwner(String name, int uid, int gid) {
        inParent(
                name,
                (dir, last) -> LibC.fchownat(dir.number(), last, uid, gid, AT_SYMLINK_NOFOLLOW));
    }

    /// Sets the mode of an entry that is not a symlink.
    public void changeMode(String name, int mode) {
        try (var fd = OpenHow.inRoot(root, name, Fd.O_PATH | Fd.O_NOFOLLOW, 0)) {
            attempt("chmod", name, () -> EntryWork.changeMode(fd, mode));
        }
    }

    /// The extended attributes of the entry itself that this process may see.
    public Map<String, byte[]> extendedAttributes(String name) {
        var all = new TreeMap<String, byte[]>();
        inParent(name, (dir, last) -> all.putAll(EntryWork.extendedAttributes(dir, last)));
        return all;
    }

    public void setExtendedAttribute(String name, String attribute, byte[] value) {
        inParent(name, (dir, last) -> EntryWork.setExtendedAttribute(dir, last, attribute, value));
    }

    /// Removes an entry that is not a directory; false if there is none.
    public boolean unlink(String name) {
        try {
            inParent(name, (dir, last) -> LibC.unlinkat(dir.number(), last, 0));
            return true;
        } catch (SystemCallException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
                return false;
            }
            throw e;
        }
    }

    /// Removes an entry and, if it is a directory, everything in it, never crossing into another
    /// mounted file system; a missing one is fine.
    public void deleteTree(String name) {
        try {
            inParent(
                    name,
                    (dir, last) ->
                            TreeDeletion.delete(
                                    dir,
                                    FileName.decode(Arrays.copyOf(last, last.length - 1)),
                                    name));
        } catch (SystemCallException e) {
            if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR) {
                throw e;
            }
        }
    }

    /// Shows what the name leads to inside the root at `target`, a trusted path that is made as a
    /// directory or file to fit, with everything mounted below; nothing propagates. The mount is
    /// made from the descriptor that was resolved, so nobody can put another thing in its place
    /// between looking and mounting.
    public void bindTo(String name, Path target, boolean readOnly) {
        try (var fd = OpenHow.inRoot(root, name, Fd.O_PATH, 0)) {
            if (facts(fd, name).isDirectory()) {
                Files.createDirectories(target);
            } else if (!Files.exists(target)) {
                Files.createFile(target);
            }
            Mounts.bind(fd.link(), target, readOnly);
        } catch (IOException e) {
            throw new FileAccessException("cannot make mount point '" + target + "'", e);
        }
    }

    /// Writes everything of this file system to the disk: syncfs(2).
    public void syncFileSystem() {
        try (var fd = OpenHow.inRoot(root, ".", Fd.O_RDONLY | Fd.O_DIRECTORY, 0)) {
            attempt("syncfs", path.toString(), () -> LibC.syncfs(fd.number()));
        }
    }

    /// Makes new, renamed and removed names in a directory durable: fsync(2) on it.
    public void syncDirectory(String directory) {
        try (var fd = OpenHow.inRoot(root, directory, Fd.O_RDONLY | Fd.O_DIRECTORY, 0)) {
            attempt("fsync", directory, () -> LibC.fsync(fd.number()));
        }
    }

    @Override
    public void close() {
        root.close();
    }

    private static void setMode(Fd dir, byte[] last, int mode) {
        // mkdir and mknod obey the umask of this process; nobody can have put a symlink in its
        // place that leads outside
        try (var fd = OpenHow.entry(dir, last, Fd.O_PATH | Fd.O_NOFOLLOW, "new entry")) {
            EntryWork.changeMode(fd, mode);
        }
    }

    private interface NativeWork {
        void run() throws LastErrorException;
    }

    private interface WorkInParent {
        void run(Fd parent, byte[] last) throws LastErrorException;
    }

    private static void attempt(String call, String about, NativeWork work) {
        try {
            work.run();
        } catch (LastErrorException e) {
            throw Errno.failed(call, about, e);
        }
    }

    /// Opens the parent inside the root and works on the last name in it; `.` and `..` as last
    /// names are refused.
    private void inParent(String name, WorkInParent work) {
        var whole = stripped(name);
        var cut = whole.lastIndexOf('/');
        var last = whole.substring(cut + 1);
        if (last.isEmpty() || last.equals(".") || last.equals("..")) {
            throw new IllegalArgumentException(
                    "'" + name + "' does not name an entry below the root");
        }
        var parent =
                OpenHow.inRoot(
                        root,
                        cut < 0 ? "." : whole.substring(0, cut),
                        Fd.O_PATH | Fd.O_DIRECTORY,
                        0);
        try (parent) {
            work.run(parent, FileName.terminated(last));
        } catch (LastErrorException e) {
            throw Errno.failed("cannot change", path + "/" + whole, e);
        }
    }

    private static String stripped(String name) {
        int from = 0;
        int to = name.length();
        while (from < to && name.charAt(from) == '/') {
            from++;
        }
        while (to > from && name.charAt(to - 1) == '/') {
            to--;
        }
        return name.substring(from, to);
    }
}

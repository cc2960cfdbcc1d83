package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import dev.kelpie.runtime.SystemCallException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/// Mounting and unmounting: mount(2), umount2(2), and fsconfig(2) for overlays whose option string
/// would not fit in a page.
public final class Mounts {

    private static final int MS_RDONLY = 1;
    private static final int MS_NOSUID = 2;
    private static final int MS_NODEV = 4;
    private static final int MS_NOEXEC = 8;
    private static final int MS_REMOUNT = 32;
    private static final int MS_BIND = 4096;
    private static final int MS_REC = 16384;
    private static final int MS_PRIVATE = 1 << 18;
    private static final int MS_SLAVE = 1 << 19;
    private static final int MNT_DETACH = 2;
    private static final int UMOUNT_NOFOLLOW = 8;

    /// mount(2) cuts its data at a page, silently.
    private static final int MOST_OPTION_BYTES = 4000;

    private Mounts() {}

    /// What an overlay is made of; `lowers` from the top one down, `upper` and `work` on one file
    /// system, `work` empty.
    public record Overlay(List<Path> lowers, Path upper, Path work) {

        public Overlay {
            lowers = List.copyOf(lowers);
            if (lowers.isEmpty()) {
                throw new IllegalArgumentException("an overlay needs a lower directory");
            }
        }

        /// The directories as mount options, each by the name it has for the reader.
        String directories(Function<Path, String> name) {
            return lowerdir(lowers, name)
                    + ",upperdir="
                    + name.apply(upper)
                    + ",workdir="
                    + name.apply(work);
        }

        private String options(ShortNames names) {
            // without redirects what is above holds every change whole: a layer can be made of it
            return (UserNamespace.isInitial() ? "redirect_dir=off," : "userxattr,")
                    + "index=off,metacopy=off,"
                    + directories(names::of);
        }
    }

    static String lowerdir(List<Path> lowers, Function<Path, String> name) {
        return "lowerdir=" + String.join(":", lowers.stream().map(name).toList());
    }

    /// Mounts an overlay file system on `target`.
    public static void overlay(Overlay overlay, Path target) {
        try (var names = new ShortNames()) {
            var options = overlay.options(names);
            if (options.length() <= MOST_OPTION_BYTES) {
                mount("overlay", target, "overlay", 0, options);
                return;
            }
        }
        OverlayBySteps.mount(overlay, target);
    }

    /// Shows these directories (from the top one down, at least two) as one on `target`, which
    /// nobody can write to.
    public static void merge(List<Path> lowers, Path target) {
        try (var names = new ShortNames()) {
            var options =
                    (UserNamespace.isInitial() ? "" : "userxattr,") + lowerdir(lowers, names::of);
            if (options.length() <= MOST_OPTION_BYTES) {
                mount("overlay", target, "overlay", MS_RDONLY, options);
                return;
            }
        }
        OverlayBySteps.merge(lowers, target);
    }

    /// An empty file system in memory; `mode` octal such as `1777`.
    public static void tmpfs(Path target, long bytes, String mode) {
        mount(
                "tmpfs",
                target,
                "tmpfs",
                MS_NOSUID | MS_NODEV | MS_NOEXEC,
                "mode=" + mode + ",size=" + bytes);
    }

    /// As `tmpfs`, and never swapped out where the kernel can promise that (Linux 6.4, see
    /// tmpfs(5)).
    public static void tmpfsOutOfSwap(Path target, long bytes, String mode) {
        var flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
        var options = "mode=" + mode + ",size=" + bytes;
        try {
            mount("tmpfs", target, "tmpfs", flags, options + ",noswap");
        } catch (SystemCallException e) {
            if (e.errno() != Errno.EINVAL) {
                throw e;
            }
            mount("tmpfs", target, "tmpfs", flags, options);
        }
    }

    /// Shows `source` at `target` too; nothing mounted below it later propagates either way.
    public static void bind(Path source, Path target, boolean readOnly) {
        mount(source.toString(), target, "none", MS_BIND | MS_REC, "");
        mount("none", target, "none", MS_PRIVATE | MS_REC, "");
        if (readOnly) {
            mount("none", target, "none", MS_BIND | MS_REMOUNT | MS_RDONLY, "");
        }
    }

    /// As `bind`; what is mounted below `source` later is seen at `target` too, not the other way.
    public static void bindFollowing(Path source, Path target) {
        mount(source.toString(), target, "none", MS_BIND | MS_REC, "");
        mount("none", target, "none", MS_SLAVE | MS_REC, "");
    }

    /// Shows `source` at `target` with the ids of a user namespace, given by its file: what is 0 on
    /// the disk belongs to that one's root. False where the kernel or a file system cannot do that.
    ///
    /// @param following what is mounted below `source` later is seen too, with its real owners
    public static boolean bindMapped(
            Path source, Path target, Path userNamespace, boolean following) {
        try {
            MappedMount.mount(source, target, userNamespace, following ? MS_SLAVE : MS_PRIVATE);
            return true;
        } catch (SystemCallException e) {
            if (e.errno() == Errno.EINVAL
                    || e.errno() == Errno.EPERM
                    || e.errno() == Errno.ENOSYS) {
                return false;
            }
            throw e;
        }
    }

    /// Shows one file, such as a namespace, at another file.
    static void bindFile(Path source, Path target) {
        mount(source.toString(), target, "none", MS_BIND, "");
    }

    /// Takes off everything stacked on `target`, also when it is in use (it vanishes at once and
    /// ends with its last user); nothing happens where nothing is mounted or nothing exists.
    public static void unmount(Path target) {
        var more = true;
        while (more) {
            more = unmountOne(target);
        }
    }

    private static boolean unmountOne(Path target) {
        try {
            LibC.umount2(FileName.terminated(target.toString()), MNT_DETACH | UMOUNT_NOFOLLOW);
            return true;
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.EINVAL || e.getErrorCode() == Errno.ENOENT) {
                return false;
            }
            throw Errno.failed("umount", target.toString(), e);
        }
    }

    /// Takes off every mount at or below `folder`, the deepest first.
    public static void unmountAllBelow(Path folder) {
        below(folder).reversed().forEach(Mounts::unmount);
    }

    /// The mount points at or below `folder`, parents first.
    public static List<Path> below(Path folder) {
        return MountTable.read().stream()
                .filter(point -> point.startsWith(folder))
                .sorted()
                .distinct()
                .toList();
    }

    public static boolean isMounted(Path target) {
        return MountTable.read().contains(target);
    }

    static void mount(String source, Path target, String type, int flags, String data) {
        try {
            LibC.mount(
                    FileName.terminated(source),
                    FileName.terminated(target.toString()),
                    FileName.terminated(type),
                    new NativeLong(flags),
                    FileName.terminated(data));
        } catch (LastErrorException e) {
            throw Errno.failed("mount " + type, target.toString(), e);
        }
    }
}

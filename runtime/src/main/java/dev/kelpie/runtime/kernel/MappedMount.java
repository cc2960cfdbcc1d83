package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/// A bind mount on which files belong to other ids than on the disk, as a user namespace maps them:
/// open_tree(2), mount_setattr(2) and move_mount(2), see "ID-mapped mounts" in mount_setattr(2).
/// What its processes write gets the ids that they have inside.
final class MappedMount {

    private static final int OPEN_TREE = 428;
    private static final int MOVE_MOUNT = 429;
    private static final int MOUNT_SETATTR = 442;

    private static final int OPEN_TREE_CLONE = 1;
    private static final int AT_RECURSIVE = 0x8000;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int MOVE_MOUNT_F_EMPTY_PATH = 4;
    private static final long MOUNT_ATTR_IDMAP = 0x0010_0000;

    /// `struct mount_attr`: set, clear, propagation, descriptor of the user namespace.
    private static final int ATTRIBUTE_BYTES = 32;

    private MappedMount() {}

    /// Shows `source` with everything mounted below at `target`. Throws `SystemCallException`:
    /// EINVAL where a file system of these cannot do that, EPERM where it is not ours to ask for.
    ///
    /// @param propagation MS_PRIVATE or MS_SLAVE
    static void mount(Path source, Path target, Path userNamespace, long propagation) {
        var step = "open_tree";
        try (var users = Fd.open(userNamespace, Fd.O_RDONLY, 0);
                var tree = clone(source)) {
            step = "mount_setattr";
            LibC.syscall(
                    new NativeLong(MOUNT_SETATTR),
                    tree.number(),
                    FileName.terminated(""),
                    AT_EMPTY_PATH | AT_RECURSIVE,
                    attributes(users, propagation),
                    new NativeLong(ATTRIBUTE_BYTES));
            step = "move_mount";
            LibC.syscall(
                    new NativeLong(MOVE_MOUNT),
                    tree.number(),
                    FileName.terminated(""),
                    Fd.CWD,
                    FileName.terminated(target.toString()),
                    MOVE_MOUNT_F_EMPTY_PATH);
        } catch (LastErrorException e) {
            throw Errno.failed(step, target.toString(), e);
        }
    }

    private static Fd clone(Path source) {
        return new Fd(
                LibC.syscall(
                                new NativeLong(OPEN_TREE),
                                Fd.CWD,
                                FileName.terminated(source.toString()),
                                OPEN_TREE_CLONE | Fd.O_CLOEXEC | AT_RECURSIVE)
                        .intValue());
    }

    private static byte[] attributes(Fd users, long propagation) {
        return ByteBuffer.allocate(ATTRIBUTE_BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(MOUNT_ATTR_IDMAP)
                .putLong(0)
                .putLong(propagation)
                .putLong(users.number())
                .array();
    }
}

package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import dev.kelpie.runtime.SystemCallException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Removes a directory tree by descriptors, without recursion (an enemy chooses the depth) and
/// without crossing a mount: opening a mount point is EXDEV and ends it.
final class TreeDeletion {

    private static final int AT_REMOVEDIR = 0x200;

    private TreeDeletion() {}

    /// One directory on the way down, with what is still to be removed in it.
    private record Level(Fd directory, String nameInParent, List<DirectoryEntry> left) {}

    /// What somebody else removes meanwhile is gone, which is what was wanted.
    static void delete(Fd parent, String name, String about) {
        if (unlinked(parent, FileName.terminated(name))) {
            return;
        }
        var levels = new ArrayDeque<Level>();
        try {
            enter(parent, name, about).ifPresent(levels::push);
            while (!levels.isEmpty()) {
                var level = levels.peek();
                if (level.left().isEmpty()) {
                    levels.pop();
                    level.directory().close();
                    var above = levels.isEmpty() ? parent : levels.peek().directory();
                    removeEmpty(above, level.nameInParent());
                } else {
                    var entry = level.left().removeLast();
                    var entryName = FileName.terminated(entry.name());
                    if (entry.type() == EntryType.DIRECTORY
                            || !unlinked(level.directory(), entryName)) {
                        enter(level.directory(), entry.name(), about).ifPresent(levels::push);
                    }
                }
            }
        } finally {
            levels.forEach(level -> level.directory().close());
        }
    }

    private static void removeEmpty(Fd parent, String name) {
        try {
            LibC.unlinkat(parent.number(), FileName.terminated(name), AT_REMOVEDIR);
        } catch (LastErrorException e) {
            if (e.getErrorCode() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    /// Whether it is gone now; false says it is a directory.
    private static boolean unlinked(Fd parent, byte[] name) {
        try {
            LibC.unlinkat(parent.number(), name, 0);
            return true;
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.EISDIR) {
                return false;
            }
            if (e.getErrorCode() == Errno.ENOENT) {
                return true;
            }
            throw e;
        }
    }

    private static Optional<Level> enter(Fd parent, String name, String about) {
        var flags = Fd.O_RDONLY | Fd.O_DIRECTORY | Fd.O_NOFOLLOW;
        try {
            var directory = OpenHow.entry(parent, FileName.terminated(name), flags, about);
            var entries = new ArrayList<>(DirectoryEntry.readAll(directory, about));
            return Optional.of(new Level(directory, name, entries));
        } catch (SystemCallException e) {
            if (e.errno() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw e;
        }
    }
}

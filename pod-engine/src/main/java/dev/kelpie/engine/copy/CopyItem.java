package dev.kelpie.engine.copy;

import java.time.Instant;

/// One entry that is copied.
///
/// @param path relative to where the copy goes, without `.` or `..`; empty for the place itself
/// @param linkTarget what a symlink says, or the path of the entry that a hard link is another name
///   of
/// @param mode permission bits with setuid, setgid and sticky
public record CopyItem(
        String path,
        Kind kind,
        String linkTarget,
        long size,
        int mode,
        long uid,
        long gid,
        Instant modified) {

    /// What can be copied; devices and sockets are left out.
    public enum Kind {
        FILE,
        DIRECTORY,
        SYMLINK,
        HARD_LINK,
        FIFO
    }

    public CopyItem {
        for (var part : path.split("/", -1)) {
            if (part.equals(".") || part.equals("..") || (part.isEmpty() && !path.isEmpty())) {
                throw new IllegalArgumentException("'" + path + "' leaves the copy");
            }
        }
    }

    /// The same of another owner.
    CopyItem ownedBy(long otherUid, long otherGid) {
        return new CopyItem(path, kind, linkTarget, size, mode, otherUid, otherGid, modified);
    }

    public boolean isDirectory() {
        return kind == Kind.DIRECTORY;
    }
}

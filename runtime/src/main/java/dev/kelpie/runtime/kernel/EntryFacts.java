package dev.kelpie.runtime.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/// What statx(2) says about a directory entry itself, never about what a symlink points to.
///
/// @param mode permission bits with setuid, setgid and sticky, no type
/// @param inode device and inode number, the same for hard links of one file
public record EntryFacts(
        EntryType type,
        int mode,
        long uid,
        long gid,
        long size,
        int links,
        Device device,
        Inode inode) {

    /// Major and minor number of a device node; 0:0 for everything else, and for an overlay's
    /// whiteout.
    public record Device(int major, int minor) {}

    /// What identifies a file on this host.
    public record Inode(int deviceMajor, int deviceMinor, long number) {}

    static final int STATX_SIZE = 256;
    static final int STATX_BASIC_STATS = 0x7ff;

    /// `struct statx`, the same on every architecture.
    static EntryFacts of(byte[] statx) {
        var fields = ByteBuffer.wrap(statx).order(ByteOrder.nativeOrder());
        int mode = fields.getShort(28) & 0xFFFF;
        return new EntryFacts(
                EntryType.ofMode(mode),
                mode & 07777,
                Integer.toUnsignedLong(fields.getInt(20)),
                Integer.toUnsignedLong(fields.getInt(24)),
                fields.getLong(40),
                fields.getInt(16),
                new Device(fields.getInt(128), fields.getInt(132)),
                new Inode(fields.getInt(136), fields.getInt(140), fields.getLong(32)));
    }

    /// When the content was changed last, to the second.
    static Instant modified(byte[] statx) {
        return Instant.ofEpochSecond(
                ByteBuffer.wrap(statx).order(ByteOrder.nativeOrder()).getLong(112));
    }

    public boolean isDirectory() {
        return type == EntryType.DIRECTORY;
    }

    /// Whether it hides a name of a lower directory of an overlay.
    public boolean isWhiteout() {
        return type == EntryType.CHARACTER_DEVICE && device.major() == 0 && device.minor() == 0;
    }
}

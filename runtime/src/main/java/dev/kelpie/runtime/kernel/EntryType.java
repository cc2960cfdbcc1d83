package dev.kelpie.runtime.kernel;

/// The types of directory entries, see inode(7).
public enum EntryType {
    FIFO(0010000, 1),
    CHARACTER_DEVICE(0020000, 2),
    DIRECTORY(0040000, 4),
    BLOCK_DEVICE(0060000, 6),
    FILE(0100000, 8),
    SYMLINK(0120000, 10),
    SOCKET(0140000, 12),
    UNKNOWN(0, 0);

    private final int modeBits;
    private final int direntType;

    EntryType(int modeBits, int direntType) {
        this.modeBits = modeBits;
        this.direntType = direntType;
    }

    int modeBits() {
        return modeBits;
    }

    static EntryType ofMode(int mode) {
        return ofDirent((mode >> 12) & 0xF);
    }

    static EntryType ofDirent(int type) {
        for (var each : values()) {
            if (each.direntType == type) {
                return each;
            }
        }
        return UNKNOWN;
    }
}

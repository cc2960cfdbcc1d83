package dev.kelpie.image.tar;

import java.util.List;

/// One header of a tar stream, its PAX and GNU extensions applied. Names are bytes: each character
/// of the strings stands for one (ISO 8859-1), because file names need not be any encoding's text.
///
/// @param size of the file once unpacked, holes included; 0 for what is no file
/// @param stretches where the stored bytes belong in the file, ascending; one for an ordinary file
public record TarEntry(
        String name,
        Type type,
        String linkName,
        TarAttributes attributes,
        int major,
        int minor,
        long size,
        List<Stretch> stretches) {

    /// The kinds of entries that survive into a file system.
    public enum Type {
        FILE,
        HARD_LINK,
        SYMLINK,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        DIRECTORY,
        FIFO
    }

    /// `length` stored bytes that belong at `offset`.
    public record Stretch(long offset, long length) {}

    public TarEntry {
        stretches = List.copyOf(stretches);
    }
}

package dev.kelpie.image.store;

/// A file that is neither file, directory nor link.
public sealed interface Node {

    /// A named pipe.
    record Fifo() implements Node {}

    /// A character device; numbers as in `mknod`.
    record CharacterDevice(int major, int minor) implements Node {}

    /// A block device; numbers as in `mknod`.
    record BlockDevice(int major, int minor) implements Node {}
}

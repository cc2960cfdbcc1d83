package dev.kelpie.image.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// One layer's directory while it is being filled. Used by one thread.
///
/// Every path is resolved **inside** the directory, through symbolic links in it but never out of
/// it (openat2 with RESOLVE_IN_ROOT); only a last part that is a link is itself meant, never its
/// target. A missing parent directory is made, `0755` and root's, and remembered until [#inherit].
/// What is in the way is replaced, whole trees too, except that a directory over a directory only
/// takes new attributes. A full disk is an `IOException` whose message holds the kernel's words.
public interface LayerTree extends AutoCloseable {

    /// Makes a directory, or changes the attributes of the one that is there; the root too.
    void directory(LayerPath path, FileAttributes attributes) throws IOException;

    void file(LayerPath path, FileAttributes attributes, FileContent content) throws IOException;

    /// A link to `target`, whose bytes are taken as they are; the mode is not applied.
    void symlink(LayerPath path, FileAttributes attributes, byte[] target) throws IOException;

    /// One more name for `target`, a link itself included; false when this layer has no such file.
    boolean hardLink(LayerPath path, LayerPath target) throws IOException;

    /// A device or pipe; in a user namespace that may not make devices, nothing.
    void node(LayerPath path, FileAttributes attributes, Node node) throws IOException;

    /// Hides `path` of the layers below: a character device 0:0. Where this layer has its own
    /// entry, that one wins: a directory becomes opaque, anything else is left alone. A directory
    /// that later replaces the whiteout has to become opaque as well.
    void whiteout(LayerPath path) throws IOException;

    /// Hides all that the layers below have in this directory, never what this layer has in it.
    void opaque(LayerPath directory) throws IOException;

    /// Sets a directory's time, after everything in it is done; a missing one is ignored.
    void directoryTime(LayerPath path, Instant modified) throws IOException;

    /// Copies `path` with its attributes from the first of `lowers` (complete layers, top first)
    /// that has it, so that a hard link can be made to it; false when none has it or a whiteout
    /// comes first.
    boolean copyUp(LayerPath path, List<Path> lowers) throws IOException;

    /// Gives each directory that was made without an entry of its own the attributes of the topmost
    /// directory of that path in `lowers` (top first), parents first; those found nowhere stay
    /// `0755`.
    void inherit(List<Path> lowers) throws IOException;

    /// Everything is on the disk when this returns (syncfs).
    void sync() throws IOException;

    @Override
    void close() throws IOException;
}

package dev.kelpie.image.store;

import dev.kelpie.image.ImageStoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/// Every change to the store's directories goes through here, so that a test can end the world
/// before any one of them. New things are made in `ROOT/ingest`, on the same file system, and
/// renamed.
final class Disk {

    /// Told of each change before it happens.
    @FunctionalInterface
    interface Witness {
        void before(String change) throws IOException;
    }

    private final Path root;
    private final Path ingest;
    private final LayerTrees trees;
    private final Witness witness;
    private final AtomicLong serial = new AtomicLong();

    Disk(Path root, LayerTrees trees, Witness witness) {
        this.root = root;
        this.ingest = root.resolve("ingest");
        this.trees = trees;
        this.witness = witness;
    }

    Path root() {
        return root;
    }

    LayerTrees trees() {
        return trees;
    }

    void makeDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            witness.before("make " + directory);
            Files.createDirectories(directory);
        }
    }

    /// Deletes what a crash left under a temporary name; whether there was anything.
    boolean clearIngest() throws IOException {
        var any = false;
        makeDirectory(ingest);
        try (var leftovers = Files.newDirectoryStream(ingest)) {
            for (var leftover : leftovers) {
                discard(leftover);
                any = true;
            }
        }
        return any;
    }

    /// A name in `ingest` that nobody else has.
    Path temporary(String kind) {
        return ingest.resolve(kind + "-" + serial.incrementAndGet());
    }

    FileChannel create(Path file) throws IOException {
        witness.before("create " + file);
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    Path createTemporaryDirectory(String kind) throws IOException {
        var directory = temporary(kind);
        makeDirectory(directory);
        return directory;
    }

    /// Writes and syncs a small file.
    void write(Path file, byte[] bytes) throws IOException {
        try (var channel = create(file)) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /// Puts a finished file or directory in its place, for good when this returns.
    void rename(Path from, Path to) throws IOException {
        witness.before("rename " + from + " " + to);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(parentOf(to));
    }

    /// Replaces a small file in one step.
    void replace(Path file, byte[] bytes) throws IOException {
        var temporary = temporary("file");
        try {
            write(temporary, bytes);
            rename(temporary, file);
        } catch (IOException e) {
            discardQuietly(temporary, e);
            throw e;
        }
    }

    /// The same for what may be lost, not even half, in a power cut.
    void replaceLightly(Path file, byte[] bytes) throws IOException {
        var temporary = temporary("file");
        witness.before("create " + temporary);
        Files.write(temporary, bytes, StandardOpenOption.CREATE_NEW);
        witness.before("rename " + temporary + " " + file);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    void syncDirectory(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Deletes a file or a whole tree; nothing there is no error.
    void discard(Path path) throws IOException {
        witness.before("delete " + path);
        if (Files.isDirectory(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            trees.delete(path);
        } else {
            try {
                Files.delete(path);
            } catch (NoSuchFileException e) {
                // somebody else was quicker
            }
        }
    }

    void discardQuietly(Path path, Exception cause) {
        try {
            discard(path);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /// Takes a tree out of sight at once; the caller discards what comes back when it has time.
    Path unlink(Path directory) throws IOException {
        var doomed = temporary("doomed");
        rename(directory, doomed);
        return doomed;
    }

    /// In the user's words: a full disk is what it most often is.
    ImageStoreException failed(String what, IOException cause) {
        return new ImageStoreException("cannot " + what + ": " + reason(cause), cause);
    }

    private String reason(IOException cause) {
        for (Throwable e = cause; e != null; e = e.getCause()) {
            var message = e.getMessage();
            if (message != null
                    && (message.contains("No space left on device")
                            || message.contains("Disk quota exceeded"))) {
                return "no space left in '" + root + "'";
            }
        }
        var message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    static Path parentOf(Path path) {
        var parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("has no parent: '" + path + "'");
        }
        return parent;
    }
}

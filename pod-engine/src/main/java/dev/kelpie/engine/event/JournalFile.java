package dev.kelpie.engine.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// Lines in a file that never grows beyond a bound: when it is full it takes the place of the one
/// before it. A line that a crash cut off is ended by the next opening and left to the reader.
final class JournalFile {

    private static final int CHUNK = 1 << 18;

    private final Path file;
    private final Path older;
    private final long bound;
    private long generation = 1;

    /// @param bound in bytes of each of the two files
    JournalFile(Path file, long bound) {
        this.file = file;
        this.older = file.resolveSibling(file.getFileName() + ".1");
        this.bound = bound;
    }

    /// A place between two lines: the `generation`-th file since opening, and how far in it.
    record Place(long generation, long offset) {
        /// Before all that is kept.
        static final Place BEGIN = new Place(0, 0);
    }

    /// Whole lines, and the place after them.
    record Read(String lines, Place next) {}

    /// Adds lines, each with its end.
    synchronized void append(byte[] lines) throws IOException {
        if (size(file) + lines.length > bound && size(file) > 0) {
            Files.move(
                    file,
                    older,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            generation++;
        }
        try (var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            long end = channel.size();
            var bytes = ByteBuffer.wrap(torn(channel, end) ? ended(lines) : lines);
            while (bytes.hasRemaining()) {
                end += channel.write(bytes, end);
            }
        }
    }

    private static boolean torn(FileChannel channel, long end) throws IOException {
        var last = ByteBuffer.allocate(1);
        return end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
    }

    private static byte[] ended(byte[] lines) {
        var with = new byte[lines.length + 1];
        with[0] = '\n';
        System.arraycopy(lines, 0, with, 1, lines.length);
        return with;
    }

    /// Where the next line will come.
    synchronized Place end() throws IOException {
        return new Place(generation, size(file));
    }

    /// Some of the lines from a place on; none when there are no more now. Who fell behind by more
    /// than is kept goes on with the oldest that is.
    synchronized Read read(Place from) throws IOException {
        var place = from.generation() < generation - 1 ? new Place(generation - 1, 0) : from;
        if (place.generation() < generation) {
            var rest = of(place.generation(), place.offset(), lines(older, place.offset()));
            if (!rest.lines().isEmpty()) {
                return rest;
            }
            place = new Place(generation, 0);
        }
        return of(generation, place.offset(), lines(file, place.offset()));
    }

    private static Read of(long generation, long offset, byte[] lines) {
        return new Read(
                new String(lines, StandardCharsets.UTF_8),
                new Place(generation, offset + lines.length));
    }

    private static byte[] lines(Path file, long offset) throws IOException {
        if (!Files.exists(file)) {
            return new byte[0];
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var buffer = ByteBuffer.allocate((int) Math.min(CHUNK, channel.size() - offset + 1));
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) > 0) {}
            int whole = buffer.position();
            while (whole > 0 && buffer.get(whole - 1) != '\n') {
                whole--;
            }
            return Arrays.copyOf(buffer.array(), whole);
        }
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}

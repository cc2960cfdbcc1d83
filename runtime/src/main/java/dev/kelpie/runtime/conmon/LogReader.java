package dev.kelpie.runtime.conmon;

import dev.kelpie.runtime.FileAccessException;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Reads a container's log file as conmon writes it (k8s-file), all of it or its end, and goes on
/// while it grows.
public final class LogReader {

    private static final int BLOCK = 65_536;
    private static final long FOLLOW_MILLIS = 100;

    private final Path file;

    public LogReader(Path file) {
        this.file = file;
    }

    /// Which lines are wanted.
    ///
    /// @param tail at most so many from the end; 0 for only new ones
    /// @param since not before
    /// @param until not after
    public record Wanted(Optional<Integer> tail, Optional<Instant> since, Optional<Instant> until) {

        public static Wanted all() {
            return new Wanted(Optional.empty(), Optional.empty(), Optional.empty());
        }

        public Wanted withTail(int lines) {
            return new Wanted(Optional.of(lines), since, until);
        }

        private boolean takes(LogLine line) {
            return since.filter(line.time()::isBefore).isEmpty()
                    && until.filter(line.time()::isAfter).isEmpty();
        }

        private boolean isOver() {
            return until.filter(Instant.now()::isAfter).isPresent();
        }
    }

    /// Gives the wanted lines that are there now to `sink`, in order; nothing if there is no file.
    public void read(Wanted wanted, Consumer<LogLine> sink) {
        try (var source = new Source(file)) {
            past(source, wanted, sink, true);
        } catch (NoSuchFileException | FileNotFoundException _) {
            return; // nothing was ever written
        } catch (IOException e) {
            throw new FileAccessException("cannot read log '" + file + "': " + e.getMessage(), e);
        }
    }

    /// As `read`, then gives every new line until `ended` says that the container has ended and the
    /// file is read to its end, or until `wanted.until` has passed. Follows the file when conmon
    /// starts it anew.
    public void follow(Wanted wanted, BooleanSupplier ended, Consumer<LogLine> sink)
            throws InterruptedException {
        follow(wanted, ended, sink, () -> {});
    }

    /// The same, and runs `caughtUp` once all that was there is handed over.
    public void follow(
            Wanted wanted, BooleanSupplier ended, Consumer<LogLine> sink, Runnable caughtUp)
            throws InterruptedException {
        if (!Files.exists(file)) {
            caughtUp.run();
        }
        try (var source = openWhenThere(ended)) {
            if (source == null) {
                return;
            }
            var lines = past(source, wanted, sink, false);
            caughtUp.run();
            while (true) {
                var over = ended.getAsBoolean() || wanted.isOver();
                var more = source.drain(lines);
                if (!more && over) {
                    lines.finish();
                    return;
                }
                if (!more && !source.reopenIfReplaced()) {
                    Thread.sleep(FOLLOW_MILLIS);
                }
            }
        } catch (IOException e) {
            throw new FileAccessException("cannot read log '" + file + "': " + e.getMessage(), e);
        }
    }

    private @org.jspecify.annotations.Nullable Source openWhenThere(BooleanSupplier ended)
            throws IOException, InterruptedException {
        while (!Files.exists(file)) {
            if (ended.getAsBoolean()) {
                return null;
            }
            Thread.sleep(FOLLOW_MILLIS);
        }
        return new Source(file);
    }

    /// Reads what is there, and gives back what joins the lines that come later; `whole`: nothing
    /// comes later.
    private static LogLines past(
            Source source, Wanted wanted, Consumer<LogLine> sink, boolean whole)
            throws IOException {
        var tail = wanted.tail();
        if (tail.isEmpty()) {
            var lines = new LogLines(line -> pass(line, wanted, sink));
            source.drain(lines);
            finish(lines, whole);
            return lines;
        }
        var last = new Tail(wanted, sink, tail.get());
        var lines = new LogLines(last);
        for (long records = 2L * tail.get() + 2; ; records *= 8) {
            var fromStart = source.seekNearEnd(records);
            source.drain(lines);
            finish(lines, whole);
            // the first line of each stream may have lost its beginning, so two more are needed
            if (fromStart || last.seen >= tail.get() + 2L) {
                last.settle();
                return lines;
            }
            lines = last.again();
        }
    }

    private static void finish(LogLines lines, boolean whole) {
        if (whole) {
            lines.finish();
        }
    }

    private static void pass(LogLine line, Wanted wanted, Consumer<LogLine> sink) {
        if (wanted.takes(line)) {
            sink.accept(line);
        }
    }

    /// Keeps the last lines until it is settled which they are, and passes on all that come after.
    private static final class Tail implements Consumer<LogLine> {

        private final Wanted wanted;
        private final Consumer<LogLine> sink;
        private final int most;
        private final Deque<LogLine> last = new ArrayDeque<>();
        private long seen;
        private boolean settled;

        Tail(Wanted wanted, Consumer<LogLine> sink, int most) {
            this.wanted = wanted;
            this.sink = sink;
            this.most = most;
        }

        @Override
        public void accept(LogLine line) {
            if (settled) {
                pass(line, wanted, sink);
                return;
            }
            seen++;
            last.addLast(line);
            if (last.size() > most) {
                last.removeFirst();
            }
        }

        LogLines again() {
            seen = 0;
            last.clear();
            return new LogLines(this);
        }

        void settle() {
            settled = true;
            last.forEach(line -> pass(line, wanted, sink));
        }
    }

    /// The file, read record by record, and where it is.
    private static final class Source implements AutoCloseable {

        private final Path path;
        private RandomAccessFile file;
        private Object key;
        private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();

        Source(Path path) throws IOException {
            this.path = path;
            this.file = new RandomAccessFile(path.toFile(), "r");
            this.key = key(path);
        }

        private static Object key(Path path) throws IOException {
            var key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return key == null ? path : key;
        }

        /// Goes back from the end by blocks to where at most so many records follow; whether that
        /// is the file's start.
        boolean seekNearEnd(long records) throws IOException {
            unfinished.reset();
            var length = file.length();
            var block = new byte[BLOCK];
            long found = 0;
            for (long at = length; at > 0; ) {
                int size = (int) Math.min(BLOCK, at);
                at -= size;
                file.seek(at);
                file.readFully(block, 0, size);
                for (int i = size - 1; i >= 0; i--) {
                    if (block[i] == '\n' && at + i + 1 < length && ++found > records) {
                        file.seek(at + i + 1);
                        return false;
                    }
                }
            }
            file.seek(0);
            return true;
        }

        /// Reads to the present end; whether there was anything.
        boolean drain(LogLines lines) throws IOException {
            var block = new byte[BLOCK];
            var any = false;
            for (int size = file.read(block); size > 0; size = file.read(block)) {
                any = true;
                int start = 0;
                for (int i = 0; i < size; i++) {
                    if (block[i] == '\n') {
                        unfinished.write(block, start, i - start);
                        lines.record(unfinished.toByteArray(), unfinished.size());
                        unfinished.reset();
                        start = i + 1;
                    }
                }
                unfinished.write(block, start, size - start);
            }
            return any;
        }

        /// conmon starts a log anew under another name and renames it over this one.
        boolean reopenIfReplaced() throws IOException {
            try {
                var now = key(path);
                if (now.equals(key)) {
                    return false;
                }
                file.close();
                file = new RandomAccessFile(path.toFile(), "r");
                key = now;
                unfinished.reset();
                return true;
            } catch (NoSuchFileException | FileNotFoundException _) {
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}

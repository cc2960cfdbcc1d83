package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// A named pipe from which we read lines that a foreign process writes, see fifo(7). We open it
/// first and for reading only, so the writer's end is seen as an end of file even when it dies
/// without a word.
public final class LinePipe implements AutoCloseable {

    private static final int MOST_LINE_BYTES = 1 << 20;

    private final Path path;
    private final Fd fd;
    private final PollLoop loop;
    private byte[] rest = new byte[0];

    private LinePipe(Path path, Fd fd, PollLoop loop) {
        this.path = path;
        this.fd = fd;
        this.loop = loop;
    }

    /// Makes the pipe (0600) and opens it.
    public static LinePipe create(Path path, ExitWatch watch) {
        NamedPipes.make(path);
        return new LinePipe(path, Fd.open(path, Fd.O_RDONLY | Fd.O_NONBLOCK, 0), watch.loop());
    }

    /// What reading a line came to.
    public sealed interface Outcome {

        /// A line, without its end.
        record Line(String text) implements Outcome {}

        /// The writer closed it or died.
        record Ended() implements Outcome {}

        /// Nothing came in time.
        record TimedOut() implements Outcome {}
    }

    /// Waits for the next line; bytes that are not UTF-8 become U+FFFD. To be called only once the
    /// writer has opened the pipe or is sure to do so or to die: before that there is no end to
    /// see, and it waits.
    public Outcome readLine(Duration longest) throws InterruptedException {
        var deadline = System.nanoTime() + longest.toNanos();
        while (true) {
            var line = cutLine();
            if (line.isPresent()) {
                return new Outcome.Line(line.get());
            }
            var left = Duration.ofNanos(deadline - System.nanoTime());
            if (left.isNegative() || !loop.await(loop.ready(fd, Fd.POLLIN), left)) {
                return new Outcome.TimedOut();
            }
            if (!readMore()) {
                return rest.length == 0 ? new Outcome.Ended() : new Outcome.Line(takeRest());
            }
        }
    }

    private Optional<String> cutLine() {
        for (int i = 0; i < rest.length; i++) {
            if (rest[i] == '\n') {
                var line = new String(rest, 0, i, StandardCharsets.UTF_8);
                rest = Arrays.copyOfRange(rest, i + 1, rest.length);
                return Optional.of(line);
            }
        }
        return rest.length >= MOST_LINE_BYTES ? Optional.of(takeRest()) : Optional.empty();
    }

    private String takeRest() {
        var text = new String(rest, StandardCharsets.UTF_8);
        rest = new byte[0];
        return text;
    }

    private boolean readMore() {
        var buffer = new byte[8192];
        try {
            int length = LibC.read(fd.number(), buffer, new NativeLong(buffer.length)).intValue();
            var both = new ByteArrayOutputStream(rest.length + length);
            both.writeBytes(rest);
            both.write(buffer, 0, length);
            rest = both.toByteArray();
            return length > 0;
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.EAGAIN || e.getErrorCode() == Errno.EINTR) {
                return true;
            }
            throw Errno.failed("read", path.toString(), e);
        }
    }

    @Override
    public void close() {
        fd.close();
    }
}

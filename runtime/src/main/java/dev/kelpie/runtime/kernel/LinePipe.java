package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// A pipe from which we read lines that a child process writes, see pipe(7). When nobody has its
/// other end open any more, that is seen as an end of file, even if the child died without a word.
public final class LinePipe implements AutoCloseable {

    private static final int MOST_LINE_BYTES = 1 << 20;

    private final Fd fd;
    private final Fd childEnd;
    private final PollLoop loop;
    private byte[] rest = new byte[0];

    private LinePipe(PipeEnds ends, PollLoop loop) {
        this.fd = ends.reading();
        this.childEnd = ends.writing();
        this.loop = loop;
    }

    public static LinePipe open(ExitWatch watch) {
        var ends = PipeEnds.open();
        ends.reading().doNotBlock();
        return new LinePipe(ends, watch.loop());
    }

    /// For the child; to be closed as soon as that has it.
    public Fd childEnd() {
        return childEnd;
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

    /// Waits for the next line; bytes that are not UTF-8 become U+FFFD.
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
            throw Errno.failed("read", "pipe", e);
        }
    }

    @Override
    public void close() {
        childEnd.close();
        fd.close();
    }
}

package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// A pipe from which we read what a child process writes, as it comes, see pipe(7).
public final class BytePipe implements AutoCloseable {

    /// One thread for all.
    private static final class Readers {
        static final PollLoop LOOP = new PollLoop();
    }

    private final Fd fd;
    private final Fd childEnd;

    private BytePipe(PipeEnds ends) {
        this.fd = ends.reading();
        this.childEnd = ends.writing();
    }

    public static BytePipe open() {
        var ends = PipeEnds.open();
        ends.reading().doNotBlock();
        return new BytePipe(ends);
    }

    /// For the child; to be closed as soon as that has it.
    public Fd childEnd() {
        return childEnd;
    }

    /// What came, as soon as there is something; nothing when the time is over; no bytes at the
    /// end.
    public Optional<byte[]> read(Duration longest) throws InterruptedException {
        var deadline = System.nanoTime() + longest.toNanos();
        var buffer = new byte[16_384];
        while (true) {
            var left = Duration.ofNanos(deadline - System.nanoTime());
            if (left.isNegative() || !Readers.LOOP.await(Readers.LOOP.ready(fd, Fd.POLLIN), left)) {
                return Optional.empty();
            }
            try {
                int length =
                        LibC.read(fd.number(), buffer, new NativeLong(buffer.length)).intValue();
                return Optional.of(Arrays.copyOf(buffer, length));
            } catch (LastErrorException e) {
                if (e.getErrorCode() != Errno.EAGAIN && e.getErrorCode() != Errno.EINTR) {
                    throw Errno.failed("read", "pipe", e);
                }
            }
        }
    }

    @Override
    public void close() {
        childEnd.close();
        fd.close();
    }
}

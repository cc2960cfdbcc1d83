package dev.kelpie.runtime.conmon;

import java.nio.ByteBuffer;
import java.util.Optional;

/// A connection to the stdio of a container or exec session. Whoever opened it must keep reading:
/// conmon writes to all its clients in turn, and one that does not read stalls the container
/// (closing never does).
public interface AttachSession extends AutoCloseable {

    /// Which of the two streams; with a terminal everything is `STDOUT`.
    enum Stream {
        STDOUT,
        STDERR
    }

    /// Some bytes as the container wrote them; the buffer is backed by an array of its own.
    record Chunk(Stream stream, ByteBuffer bytes) {}

    /// Waits for the next output; empty when the container's output has ended or the session is
    /// closed.
    Optional<Chunk> read() throws InterruptedException;

    /// Writes to the container's stdin; quietly nothing if it has ended.
    void write(byte[] bytes, int offset, int length) throws InterruptedException;

    /// Ends the container's stdin, for all clients: there is only one.
    void closeStdin();

    @Override
    void close();
}

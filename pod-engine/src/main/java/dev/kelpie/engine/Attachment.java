package dev.kelpie.engine;

import java.io.IOException;
import java.io.OutputStream;

/// A line to the standard streams of a running container or exec session. Output must be taken off
/// all the time: a reader that stalls stalls the container.
public interface Attachment extends AutoCloseable {

    /// Hands output over as it comes, each write at once; returns when the process has ended and
    /// everything was handed over, or after `close`. With a terminal all goes to `stdout`.
    void relayOutput(OutputStream stdout, OutputStream stderr)
            throws IOException, InterruptedException;

    /// To the process's standard input, as far as it has one open; closing it gives the process
    /// end-of-file.
    OutputStream stdin();

    /// Tells the terminal its size; without one, nothing.
    void resize(int rows, int columns);

    /// Detaches; the process goes on.
    @Override
    void close();
}

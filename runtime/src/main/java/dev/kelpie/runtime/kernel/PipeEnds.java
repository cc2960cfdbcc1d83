package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;

/// Both ends of an unnamed pipe, pipe(7).
record PipeEnds(Fd reading, Fd writing) implements AutoCloseable {

    static PipeEnds open() {
        var ends = new int[2];
        try {
            LibC.pipe2(ends, Fd.O_CLOEXEC);
            return new PipeEnds(new Fd(ends[0]), new Fd(ends[1]));
        } catch (LastErrorException e) {
            throw Errno.failed("pipe2", "pipe", e);
        }
    }

    @Override
    public void close() {
        reading.close();
        writing.close();
    }
}

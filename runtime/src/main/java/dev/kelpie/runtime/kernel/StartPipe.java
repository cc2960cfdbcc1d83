package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;

/// A pipe by which a child process is told to go on, a byte each time. If we die first it reads an
/// end of file, not nothing.
public final class StartPipe implements AutoCloseable {

    private final PipeEnds ends;

    private StartPipe(PipeEnds ends) {
        this.ends = ends;
    }

    public static StartPipe open() {
        return new StartPipe(PipeEnds.open());
    }

    /// For the child; to be closed as soon as that has it.
    public Fd childEnd() {
        return ends.reading();
    }

    /// Says so to a child that may have died.
    public void go() {
        try {
            LibC.write(ends.writing().number(), new byte[] {'1'}, new NativeLong(1));
        } catch (LastErrorException e) {
            if (e.getErrorCode() != Errno.EPIPE) {
                throw Errno.failed("write", "pipe", e);
            }
        }
    }

    @Override
    public void close() {
        ends.close();
    }
}

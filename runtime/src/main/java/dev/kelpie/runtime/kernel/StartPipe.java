package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.nio.file.Path;

/// A named pipe by which a process is told to go on, a byte each time. If we die first it reads an
/// end of file, not nothing.
public final class StartPipe implements AutoCloseable {

    private final Path path;
    private final Fd fd;

    private StartPipe(Path path, Fd fd) {
        this.path = path;
        this.fd = fd;
    }

    /// Makes the pipe and opens it; reading and writing, so that neither side waits for the other
    /// to open.
    public static StartPipe create(Path path) {
        NamedPipes.make(path);
        return new StartPipe(path, Fd.open(path, Fd.O_RDWR | Fd.O_NONBLOCK, 0));
    }

    public void go() {
        try {
            LibC.write(fd.number(), new byte[] {'1'}, new NativeLong(1));
        } catch (LastErrorException e) {
            throw Errno.failed("write", path.toString(), e);
        }
    }

    @Override
    public void close() {
        fd.close();
    }
}

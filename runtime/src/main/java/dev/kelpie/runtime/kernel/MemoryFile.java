package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import dev.kelpie.runtime.FileAccessException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/// A file in memory without a name, memfd_create(2): input and output of a child process that need
/// no thread while it runs and leave nothing behind.
public final class MemoryFile implements AutoCloseable {

    static final int MFD_CLOEXEC = 1;

    private final Fd fd;

    private MemoryFile(Fd fd) {
        this.fd = fd;
    }

    public static MemoryFile create(String name) {
        try {
            return new MemoryFile(open(name, MFD_CLOEXEC));
        } catch (LastErrorException e) {
            throw Errno.failed("memfd_create", name, e);
        }
    }

    static Fd open(String name, int flags) throws LastErrorException {
        return new Fd(LibC.memfd_create(FileName.terminated(name), flags));
    }

    /// A file with this content, to be read from its beginning.
    public static MemoryFile holding(String name, byte[] content) {
        var file = create(name);
        try {
            Files.write(file.fd.link(), content);
            LibC.lseek(file.fd.number(), new NativeLong(0), 0);
            return file;
        } catch (IOException e) {
            file.close();
            throw new FileAccessException("cannot write memory file: " + e.getMessage(), e);
        }
    }

    /// For a child process.
    public Fd fd() {
        return fd;
    }

    public long size() throws IOException {
        return Files.size(fd.link());
    }

    /// What is in it, as UTF-8, at most so many bytes.
    public String text(int mostBytes) throws IOException {
        try (var input = Files.newInputStream(fd.link())) {
            return new String(input.readNBytes(mostBytes), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        fd.close();
    }
}

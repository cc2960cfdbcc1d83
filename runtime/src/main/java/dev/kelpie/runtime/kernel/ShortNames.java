package dev.kelpie.runtime.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Directories by the names of open descriptors, which last until this is closed. They bear no
/// character that means something in mount options, and they are short: the kernel prints an
/// overlay's options to everybody who reads the mount table, and crun reads all of it for each
/// container (1.6 ms of its start among a hundred pods went there with full paths).
final class ShortNames implements AutoCloseable {

    private final List<Fd> opened = new ArrayList<>();

    String of(Path directory) {
        var fd = Fd.open(directory, Fd.O_PATH | Fd.O_DIRECTORY, 0);
        opened.add(fd);
        return fd.link().toString();
    }

    @Override
    public void close() {
        opened.forEach(Fd::close);
    }
}

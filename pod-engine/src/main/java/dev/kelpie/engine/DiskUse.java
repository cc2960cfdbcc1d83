package dev.kelpie.engine;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.sandbox.EngineFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/// How many bytes of files there are below folders; what vanishes or cannot be read meanwhile
/// counts for nothing.
public final class DiskUse {

    private final EngineFiles files;

    DiskUse(EngineFiles files) {
        this.files = files;
    }

    /// What a container has written to its root.
    public long ofContainer(String id) {
        return below(files.upper(id));
    }

    /// What is in a volume.
    public long ofVolume(Path mountPoint) {
        return below(mountPoint);
    }

    private static long below(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
        }
        var sum = new Sum();
        try {
            Files.walkFileTree(folder, sum);
        } catch (IOException e) {
            throw new EngineIoException("cannot measure '" + folder + "'", e);
        }
        return sum.bytes;
    }

    private static final class Sum extends SimpleFileVisitor<Path> {
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.isRegularFile() ? attributes.size() : 0;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }
}

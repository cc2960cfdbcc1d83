package dev.kelpie.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Directory trees.
final class Trees {
    private Trees() {}

    /// Notes every path; what vanishes meanwhile is no error.
    private static final class Collector extends SimpleFileVisitor<Path> {
        private final List<Path> found;

        Collector(List<Path> found) {
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes facts) {
            found.add(path);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes facts) {
            found.add(path);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException failure) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path path, @Nullable IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }

    /// All paths below a directory, it first; links are not followed. Empty when there is none.
    static List<Path> list(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        var found = new ArrayList<Path>();
        try {
            Files.walkFileTree(directory, new Collector(found));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    static void delete(Path directory) {
        if (!Host.isRoot()) {
            // the files of a container's users belong to subordinate ids
            Host.run(
                    "unshare",
                    "--user",
                    "--map-root-user",
                    "--map-auto",
                    "rm",
                    "-rf",
                    directory + "");
        }
        for (var path : list(directory).stream().sorted(Comparator.reverseOrder()).toList()) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete " + path, e);
            }
        }
    }
}

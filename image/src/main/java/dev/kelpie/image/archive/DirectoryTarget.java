package dev.kelpie.image.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// An archive that is a folder.
record DirectoryTarget(Path directory) implements ArchiveTarget {
    @Override
    public void file(String name, long size, InputStream content) throws IOException {
        var file = directory.resolve(name);
        Files.createDirectories(file.resolve("..").normalize());
        var buffer = new byte[1 << 16];
        try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            for (var left = size; left > 0; ) {
                var count = content.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw new EOFException("'" + name + "' became shorter while it was read");
                }
                out.write(buffer, 0, count);
                left -= count;
            }
        }
    }
}

package dev.kelpie.runtime.network;

import dev.kelpie.runtime.FileAccessException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Writes resolv.conf and hosts files that are bind-mounted into running containers: a rename would
/// leave the containers with the old inode, so the new text goes into the same one.
public final class InPlaceFile {

    private InPlaceFile() {}

    /// Replaces the text of `file`, making it with mode 0644 if it is missing; never follows a
    /// symbolic link.
    public static void write(Path file, String text) {
        var options =
                Set.of(
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        LinkOption.NOFOLLOW_LINKS);
        try (var channel = FileChannel.open(file, options)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            var length = bytes.remaining();
            // Overwrite, then cut: a reader meanwhile sees the old or the new beginning, never
            // nothing.
            for (var at = 0L; bytes.hasRemaining(); ) {
                at += channel.write(bytes, at);
            }
            channel.truncate(length);
            // Whatever our umask made of it.
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        } catch (IOException e) {
            throw new FileAccessException("cannot write '" + file + "': " + e.getMessage(), e);
        }
    }
}

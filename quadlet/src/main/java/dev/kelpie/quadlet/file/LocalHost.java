package dev.kelpie.quadlet.file;

import dev.kelpie.quadlet.translate.Host;
import dev.kelpie.quadlet.translate.Numbers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// The host that we run on, as its files say: nothing else answers when generators run.
public final class LocalHost implements Host {
    private volatile boolean asked;

    /// Whether anything of this host was told, which may be otherwise the next time.
    public boolean wasAsked() {
        return asked;
    }

    /// Whose process this is.
    ///
    /// @throws IllegalStateException when there is no /proc
    public static long ownUserId() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new IllegalStateException("cannot tell which user this is", e);
        }
    }

    @Override
    public boolean exists(String path) {
        asked = true;
        return Files.exists(Path.of(path));
    }

    @Override
    public OptionalLong userId(String name) {
        return id(name, Path.of("/etc/passwd"));
    }

    @Override
    public OptionalLong groupId(String name) {
        return id(name, Path.of("/etc/group"));
    }

    private OptionalLong id(String name, Path table) {
        var number = Numbers.parse(name);
        if (number.isPresent()) {
            return number;
        }
        asked = true;
        try {
            for (var line : Files.readAllLines(table, StandardCharsets.ISO_8859_1)) {
                var fields = line.split(":", 4);
                if (fields.length > 2 && fields[0].equals(name)) {
                    return Numbers.parse(fields[2]);
                }
            }
        } catch (IOException _) { // then nobody is known
        }
        return OptionalLong.empty();
    }
}

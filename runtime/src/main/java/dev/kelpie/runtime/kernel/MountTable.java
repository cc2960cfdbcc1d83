package dev.kelpie.runtime.kernel;

import dev.kelpie.runtime.FileAccessException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The mount points of /proc/self/mountinfo, see proc_pid_mountinfo(5).
final class MountTable {

    private static final Path FILE = Path.of("/proc/self/mountinfo");

    private MountTable() {}

    static List<Path> read() {
        try {
            return parse(new String(Files.readAllBytes(FILE), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new FileAccessException("cannot read '" + FILE + "'", e);
        }
    }

    /// The fifth field, in which space, tab, newline and backslash are octal: `\040`.
    static List<Path> parse(String table) {
        return table.lines()
                .map(line -> line.split(" ", 6))
                .filter(fields -> fields.length == 6)
                .map(fields -> unescaped(fields[4]))
                .filter(point -> point.indexOf('\uFFFD') < 0)
                .map(Path::of)
                .toList();
    }

    private static String unescaped(String field) {
        var bytes = new ByteArrayOutputStream(field.length());
        for (int i = 0; i < field.length(); i++) {
            var isOctal = field.charAt(i) == '\\' && i + 3 < field.length();
            bytes.write(isOctal ? Integer.parseInt(field, i + 1, i + 4, 8) : field.charAt(i));
            i += isOctal ? 3 : 0;
        }
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }
}

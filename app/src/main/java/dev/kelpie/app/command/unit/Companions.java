package dev.kelpie.app.command.unit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Unit files that come in one bundle name each other as files, and not only what these make:
/// systemd then starts them in the order that they need.
final class Companions {
    private Companions() {}

    /// The same files, by name, with such references in them.
    static Map<String, String> joined(Map<String, String> files) {
        var joined = new LinkedHashMap<String, String>();
        files.forEach((file, text) -> joined.put(file, lines(file, text, files)));
        return joined;
    }

    private static String lines(String file, String text, Map<String, String> files) {
        return text.lines()
                .map(line -> line(file, line, files) + "\n")
                .collect(Collectors.joining());
    }

    private static String line(String file, String line, Map<String, String> files) {
        for (var other : files.keySet()) {
            var plain = plain(other);
            if (!other.equals(file) && !plain.isEmpty() && names(line, plain)) {
                var key = plain.substring(0, plain.indexOf('=') + 1);
                return key + other + line.substring(plain.length());
            }
        }
        return line;
    }

    /// How a line begins that means what the file makes, without naming the file.
    private static String plain(String file) {
        int dot = file.lastIndexOf('.');
        var name = file.substring(0, dot);
        return switch (file.substring(dot)) {
            case ".container" -> "Network=container:" + name;
            case ".network" -> "Network=" + name;
            case ".volume" -> "Volume=" + name;
            default -> "";
        };
    }

    private static boolean names(String line, String beginning) {
        if (!line.startsWith(beginning)) {
            return false;
        }
        var rest = line.substring(beginning.length());
        return rest.isEmpty() || rest.startsWith(":");
    }
}

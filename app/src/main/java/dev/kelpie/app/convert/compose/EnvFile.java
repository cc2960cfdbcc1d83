package dev.kelpie.app.convert.compose;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// The lines of an env file: `NAME=value`, quotes around values, `export`, comments.
final class EnvFile {
    private EnvFile() {}

    /// @param fill interpolates values that are not in single quotes
    static Map<String, String> parse(String text, UnaryOperator<String> fill) {
        var values = new LinkedHashMap<String, String>();
        for (var line : text.lines().toList()) {
            var stripped = line.strip();
            if (stripped.startsWith("export ")) {
                stripped = stripped.substring("export ".length()).strip();
            }
            int equals = stripped.indexOf('=');
            if (equals <= 0 || stripped.startsWith("#")) {
                continue;
            }
            var name = stripped.substring(0, equals).strip();
            values.put(name, value(stripped.substring(equals + 1).strip(), fill));
        }
        return values;
    }

    private static String value(String raw, UnaryOperator<String> fill) {
        if (raw.startsWith("'")) {
            int end = raw.indexOf('\'', 1);
            return end < 0 ? raw : raw.substring(1, end);
        }
        if (raw.startsWith("\"")) {
            int end = raw.indexOf('"', 1);
            while (end > 0 && raw.charAt(end - 1) == '\\') {
                end = raw.indexOf('"', end + 1);
            }
            return end < 0 ? raw : fill.apply(unescaped(raw.substring(1, end)));
        }
        int comment = raw.indexOf(" #");
        return fill.apply(comment < 0 ? raw : raw.substring(0, comment).strip());
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\t", "\t").replace("\\\"", "\"");
    }
}

package dev.kelpie.app.command.unit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The text of a unit file, group by group.
///
/// What stands in it ends on a command line of systemd's: `%` and `$` mean something there and are
/// doubled (systemd.unit(5), systemd.service(5)).
final class UnitText {
    private final StringBuilder text = new StringBuilder();

    UnitText group(String name) {
        text.append(text.isEmpty() ? "" : "\n").append('[').append(name).append("]\n");
        return this;
    }

    /// One line; the value is taken as it stands.
    UnitText add(String key, String value) {
        text.append(key).append('=').append(plain(value)).append('\n');
        return this;
    }

    UnitText addEach(String key, List<String> values) {
        values.forEach(value -> add(key, value));
        return this;
    }

    /// A line whose value is words: each is quoted where it has to be.
    UnitText words(String key, List<String> words) {
        if (!words.isEmpty()) {
            var quoted = words.stream().map(UnitText::quoted).toList();
            text.append(key).append('=').append(String.join(" ", quoted)).append('\n');
        }
        return this;
    }

    /// A line for each name and value, sorted by name.
    UnitText pairs(String key, Map<String, String> pairs) {
        new TreeMap<>(pairs).forEach((name, value) -> words(key, List.of(name + "=" + value)));
        return this;
    }

    private static String plain(String value) {
        if (value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a unit file has no place for a line break");
        }
        return value.replace("%", "%%").replace("$", "$$");
    }

    /// One word, in quotes where it would fall apart.
    static String quoted(String word) {
        var escaped = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            escaped.append(escaped(word.charAt(i)));
        }
        boolean whole = !word.isEmpty() && word.chars().noneMatch(UnitText::parts);
        return whole ? escaped.toString() : "\"" + escaped + '"';
    }

    private static boolean parts(int letter) {
        return Character.isWhitespace(letter)
                || Character.isISOControl(letter)
                || "'\"\\;#".indexOf(letter) >= 0;
    }

    private static String escaped(char letter) {
        return switch (letter) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            case '%' -> "%%";
            case '$' -> "$$";
            default ->
                    Character.isISOControl(letter)
                            ? "\\x%02x".formatted((int) letter)
                            : Character.toString(letter);
        };
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

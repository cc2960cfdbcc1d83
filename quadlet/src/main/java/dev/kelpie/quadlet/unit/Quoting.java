package dev.kelpie.quadlet.unit;

import java.util.List;

/// Writes words so that systemd reads the same words again.
public final class Quoting {
    private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b\\\"";
    private static final String LETTERS = "abfnrtv\\\"";

    private Quoting() {}

    /// The words joined by blanks.
    public static String join(List<String> words) {
        var line = new StringBuilder();
        for (var word : words) {
            if (!line.isEmpty()) {
                line.append(' ');
            }
            append(line, word);
        }
        return line.toString();
    }

    /// One word, in quotes when it needs them.
    public static String quote(String word) {
        var quoted = new StringBuilder();
        append(quoted, word);
        return quoted.toString();
    }

    private static void append(StringBuilder line, String word) {
        if (!needsQuotes(word)) {
            line.append(word);
            return;
        }
        line.append('"');
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            int known = ESCAPED.indexOf(c);
            if (known >= 0) {
                line.append('\\').append(LETTERS.charAt(known));
            } else if (c == ' ' || c < ' ' || c == 0x7f) {
                line.append("\\x")
                        .append(Character.forDigit(c >> 4, 16))
                        .append(Character.forDigit(c & 15, 16));
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }

    private static boolean needsQuotes(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c <= ' ' || c == 0x7f || c == '"' || c == '\'' || c == '\\') {
                return true;
            }
        }
        return word.isEmpty();
    }
}

package dev.kelpie.runtime.conmon;

import java.util.Optional;
import java.util.regex.Pattern;

/// One line of conmon's sync pipe, `{"data": NUMBER, "message": "TEXT"}`. Read leniently: old
/// conmons leave control characters and bytes that are not UTF-8 unescaped.
record SyncLine(int data, String message) {

    private static final Pattern DATA = Pattern.compile("\"data\"\\s*:\\s*(-?[0-9]{1,9})");
    private static final Pattern MESSAGE =
            Pattern.compile("\"message\"\\s*:\\s*\"(.*)\"", Pattern.DOTALL);

    static Optional<SyncLine> parse(String line) {
        var data = DATA.matcher(line);
        if (!data.find()) {
            return Optional.empty();
        }
        var message = MESSAGE.matcher(line);
        var text = message.find() ? unescaped(message.group(1)) : "";
        return Optional.of(new SyncLine(Integer.parseInt(data.group(1)), text.strip()));
    }

    private static String unescaped(String text) {
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                plain.append(c);
                continue;
            }
            char next = text.charAt(++i);
            switch (next) {
                case 'n' -> plain.append('\n');
                case 't' -> plain.append('\t');
                case 'r', 'b', 'f' -> plain.append(' ');
                default -> plain.append(next);
            }
        }
        return plain.toString();
    }
}

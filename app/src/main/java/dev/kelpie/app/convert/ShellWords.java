package dev.kelpie.app.convert;

import java.util.ArrayList;
import java.util.List;

/// Takes a line apart as a shell would, without expanding anything.
public final class ShellWords {
    private ShellWords() {}

    public static List<String> split(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean open = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char letter = line.charAt(i);
            boolean more = i + 1 < line.length();
            if (letter == '\\' && quote != '\'' && more) {
                char next = line.charAt(++i);
                if (next != '\n') {
                    boolean plain = quote == '"' && "\"\\$`".indexOf(next) < 0;
                    word.append(plain ? "\\" : "").append(next);
                    open = true;
                }
            } else if (quote != 0) {
                if (letter == quote) {
                    quote = 0;
                } else {
                    word.append(letter);
                }
            } else if (letter == '\'' || letter == '"') {
                quote = letter;
                open = true;
            } else if (Character.isWhitespace(letter)) {
                if (open) {
                    words.add(word.toString());
                }
                word.setLength(0);
                open = false;
            } else {
                word.append(letter);
                open = true;
            }
        }
        if (open) {
            words.add(word.toString());
        }
        return words;
    }
}

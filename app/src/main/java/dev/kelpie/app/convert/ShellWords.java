package dev.kelpie.app.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Takes a line apart as a shell would, without expanding anything.
public final class ShellWords {
    private static final String OPERATORS = "|&;<>";

    /// A descriptor's number, as in `2>`.
    private static final Pattern REDIRECTED = Pattern.compile("(^|\\s)[0-9][<>]$");

    /// What a reader is to fill in, as in `KEY=<your-key>`.
    private static final Pattern PLACEHOLDER = Pattern.compile("<[A-Za-z][\\w .-]*>");

    private ShellWords() {}

    /// A part of a line that the shell runs, or reads or writes by itself.
    ///
    /// @param operator that stands before it, as `&&`, `|` or `>`; empty for the first
    public record Part(String operator, String text) {}

    /// Cuts a line at its operators (sh(1), "Lists", "Redirections"), a comment off its end.
    public static List<Part> parts(String line) {
        var parts = new ArrayList<Part>();
        int begin = 0;
        var operator = "";
        for (int i = 0; i < line.length(); i = after(line, i)) {
            char letter = line.charAt(i);
            if (letter == '#' && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
                return parts(line.substring(0, i));
            } else if (letter == '<' && PLACEHOLDER.matcher(line.substring(i)).lookingAt()) {
                i = line.indexOf('>', i);
            } else if (OPERATORS.indexOf(letter) >= 0) {
                int end = i + 1;
                while (end < line.length() && OPERATORS.indexOf(line.charAt(end)) >= 0) {
                    end++;
                }
                boolean numbered = i > 0 && REDIRECTED.matcher(line.substring(0, i + 1)).find();
                parts.add(new Part(operator, line.substring(begin, numbered ? i - 1 : i)));
                operator = line.substring(i, end);
                begin = end;
                i = end - 1;
            }
        }
        parts.add(new Part(operator, line.substring(begin)));
        return parts;
    }

    /// Behind what begins at `at`: a letter, an escaped one, or a quoted text.
    private static int after(String line, int at) {
        char letter = line.charAt(at);
        if (letter == '\\') {
            return at + 2;
        }
        if (letter != '\'' && letter != '"') {
            return at + 1;
        }
        int end = at + 1;
        while (end < line.length() && line.charAt(end) != letter) {
            end += letter == '"' && line.charAt(end) == '\\' ? 2 : 1;
        }
        return end + 1;
    }

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

package dev.kelpie.image.build;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Quotes and variables as Containerfiles have them: `$NAME`, `${NAME}`, `${NAME:-word}`,
/// `${NAME:+word}` and both without the colon; nothing is expanded in single quotes.
final class Words {

    private static final int LONGEST = 1 << 20;

    private final String text;
    private final Function<String, @Nullable String> variables;
    private int at;

    private Words(String text, Function<String, @Nullable String> variables) {
        this.text = text;
        this.variables = variables;
    }

    /// Splits at white space outside quotes, expands, and takes the quotes off.
    static List<String> split(String text, Function<String, @Nullable String> variables) {
        var words = new ArrayList<String>();
        for (var raw : rawWords(text)) {
            words.add(expand(raw, variables));
        }
        return words;
    }

    /// Expands and takes quotes off, without splitting.
    static String expand(String text, Function<String, @Nullable String> variables) {
        return new Words(text, variables).until('\0');
    }

    /// Splits at white space outside quotes and leaves everything else as it is.
    static List<String> rawWords(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        var quote = '\0';
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (quote == '\0' && Character.isWhitespace(c)) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                continue;
            }
            word.append(c);
            if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
                word.append(text.charAt(++i));
            } else if (quote == c) {
                quote = '\0';
            } else if (quote == '\0' && (c == '"' || c == '\'')) {
                quote = c;
            }
        }
        if (quote != '\0') {
            throw new IllegalArgumentException("a quote is not closed: " + text);
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    private String until(char end) {
        var out = new StringBuilder();
        var quoted = false;
        while (at < text.length() && (quoted || text.charAt(at) != end)) {
            var c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                escaped(out, quoted);
            } else if (c == '\'' && !quoted) {
                literal(out);
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '$') {
                out.append(variable());
            } else {
                out.append(c);
            }
            if (out.length() > LONGEST) {
                throw new IllegalArgumentException("grows beyond " + LONGEST + " characters");
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quote is not closed: " + text);
        }
        return out.toString();
    }

    private void escaped(StringBuilder out, boolean quoted) {
        var next = text.charAt(at++);
        if (quoted && next != '"' && next != '$' && next != '\\') {
            out.append('\\');
        }
        out.append(next);
    }

    private void literal(StringBuilder out) {
        var end = text.indexOf('\'', at);
        if (end < 0) {
            throw new IllegalArgumentException("a quote is not closed: " + text);
        }
        out.append(text, at, end);
        at = end + 1;
    }

    private String variable() {
        if (at < text.length() && text.charAt(at) == '{') {
            at++;
            var name = name();
            if (name.isEmpty()) {
                throw new IllegalArgumentException("not a variable: " + text);
            }
            return braced(name);
        }
        var name = name();
        return name.isEmpty() ? "$" : orEmpty(variables.apply(name));
    }

    private String braced(String name) {
        var value = variables.apply(name);
        if (at < text.length() && text.charAt(at) == '}') {
            at++;
            return orEmpty(value);
        }
        var colon = at < text.length() && text.charAt(at) == ':';
        at += colon ? 1 : 0;
        var operator = at < text.length() ? text.charAt(at++) : '\0';
        var word = until('}');
        if (at >= text.length()) {
            throw new IllegalArgumentException("a brace is not closed: " + text);
        }
        at++;
        var set = value != null && (!colon || !value.isEmpty());
        return switch (operator) {
            case '-' -> set ? orEmpty(value) : word;
            case '+' -> set ? word : "";
            case '?' -> {
                if (!set) {
                    throw new IllegalArgumentException(
                            "variable '"
                                    + name
                                    + "' is not set"
                                    + (word.isEmpty() ? "" : ": " + word));
                }
                yield orEmpty(value);
            }
            default ->
                    throw new IllegalArgumentException(
                            "not supported in a variable: '" + operator + "' in " + text);
        };
    }

    private String name() {
        var start = at;
        while (at < text.length() && isNamePart(text.charAt(at), at == start)) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isNamePart(char c, boolean first) {
        return c == '_'
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (!first && c >= '0' && c <= '9');
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}

package dev.kelpie.image.build;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Quotes and variables as Containerfiles have them: `$NAME`, `${NAME}`, `${NAME:-word}`,
/// `${NAME:+word}`, `${NAME:?word}` and these without the colon; `${NAME#pattern}`, `##`, `%`,
/// `%%`, `${NAME/pattern/replacement}`, `//`; nothing is expanded in single quotes.
final class Words {

    private static final int LONGEST = 1 << 20;
    private static final String NEVER = "";

    private final String text;
    private final Function<String, @Nullable String> variables;
    private final char escape;
    private int at;

    private Words(String text, Function<String, @Nullable String> variables, char escape) {
        this.text = text;
        this.variables = variables;
        this.escape = escape;
    }

    /// Splits at white space outside quotes, expands, and takes the quotes off.
    static List<String> split(String text, Function<String, @Nullable String> variables) {
        return split(text, variables, '\\');
    }

    static List<String> split(
            String text, Function<String, @Nullable String> variables, char escape) {
        var words = new ArrayList<String>();
        for (var raw : rawWords(text, escape)) {
            words.add(expand(raw, variables, escape));
        }
        return words;
    }

    /// Expands and takes quotes off, without splitting.
    static String expand(String text, Function<String, @Nullable String> variables) {
        return expand(text, variables, '\\');
    }

    static String expand(String text, Function<String, @Nullable String> variables, char escape) {
        return new Words(text, variables, escape).until(NEVER);
    }

    /// Expands variables only: quotes stay, as in here-documents.
    static String expandVariables(
            String text, Function<String, @Nullable String> variables, char escape) {
        return new Words(text, variables, escape).documentText();
    }

    /// Splits at white space outside quotes and leaves everything else as it is.
    static List<String> rawWords(String text, char escape) {
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
            if (c == escape && quote != '\'' && i + 1 < text.length()) {
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

    private String documentText() {
        var out = new StringBuilder();
        while (at < text.length()) {
            var c = text.charAt(at++);
            if (c == escape && at < text.length() && text.charAt(at) == '$') {
                out.append(text.charAt(at++));
            } else {
                out.append(c == '$' ? variable() : String.valueOf(c));
            }
            limit(out);
        }
        return out.toString();
    }

    /// Up to one of these characters outside quotes.
    private String until(String ends) {
        var out = new StringBuilder();
        var quoted = false;
        while (at < text.length() && (quoted || ends.indexOf(text.charAt(at)) < 0)) {
            var c = text.charAt(at++);
            if (c == escape && at < text.length()) {
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
            limit(out);
        }
        if (quoted) {
            throw new IllegalArgumentException("a quote is not closed: " + text);
        }
        return out.toString();
    }

    private static void limit(StringBuilder out) {
        if (out.length() > LONGEST) {
            throw new IllegalArgumentException("grows beyond " + LONGEST + " characters");
        }
    }

    private void escaped(StringBuilder out, boolean quoted) {
        var next = text.charAt(at++);
        if (quoted && next != '"' && next != '$' && next != escape) {
            out.append(escape);
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
        if (!colon && "#%/".indexOf(operator) >= 0) {
            return cut(operator, orEmpty(value));
        }
        var word = until("}");
        closeBrace();
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

    private void closeBrace() {
        if (at >= text.length()) {
            throw new IllegalArgumentException("a brace is not closed: " + text);
        }
        at++;
    }

    /// What `#`, `##`, `%`, `%%`, `/` and `//` leave of a value.
    private String cut(char operator, String value) {
        var twice = at < text.length() && text.charAt(at) == operator;
        at += twice ? 1 : 0;
        var pattern = ShellPattern.parse(until(operator == '/' ? "/}" : "}"));
        var replacement = "";
        if (operator == '/' && at < text.length() && text.charAt(at) == '/') {
            at++;
            replacement = until("}");
        }
        closeBrace();
        return switch (operator) {
            case '#' -> pattern.withoutPrefix(value, twice);
            case '%' -> pattern.withoutSuffix(value, twice);
            default -> pattern.replaced(value, replacement, twice);
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

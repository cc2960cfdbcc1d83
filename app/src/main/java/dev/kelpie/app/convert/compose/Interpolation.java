package dev.kelpie.app.convert.compose;

import dev.kelpie.app.call.CommandException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Fills `$NAME` and `${NAME}` with its relatives (`:-`, `-`, `:?`, `?`, `:+`, `+`) in; `$$` is one
/// dollar.
final class Interpolation {
    private static final int DEEPEST = 20;
    private static final int MOST_CHARACTERS = 16 << 20;

    private final Map<String, String> variables;
    private final Consumer<String> losses;
    private long written;

    Interpolation(Map<String, String> variables, Consumer<String> losses) {
        this.variables = variables;
        this.losses = losses;
    }

    Map<String, String> variables() {
        return Collections.unmodifiableMap(variables);
    }

    /// Every text of a tree, its keys apart.
    Object fill(Object value) {
        return switch (value) {
            case String text -> text(text, 0);
            case Map<?, ?> map -> {
                var filled = new LinkedHashMap<String, Object>();
                map.forEach((key, each) -> filled.put(key.toString(), fill(each)));
                yield filled;
            }
            case List<?> list -> list.stream().map(this::fill).toList();
            default -> value;
        };
    }

    String text(String text) {
        return text(text, 0);
    }

    private String text(String text, int depth) {
        if (text.indexOf('$') < 0 || depth > DEEPEST) {
            return text;
        }
        var out = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            char letter = text.charAt(at);
            if (letter != '$' || at + 1 == text.length()) {
                out.append(letter);
                at++;
            } else if (text.charAt(at + 1) == '$') {
                out.append('$');
                at += 2;
            } else if (text.charAt(at + 1) == '{') {
                int end = closing(text, at + 2);
                if (end < 0) {
                    return out + text.substring(at);
                }
                out.append(braced(text.substring(at + 2, end), depth));
                at = end + 1;
            } else {
                int end = nameEnd(text, at + 1);
                out.append(end == at + 1 ? "$" : value(text.substring(at + 1, end)));
                at = end;
            }
            bound(out.length());
        }
        written += out.length();
        return out.toString();
    }

    private void bound(int more) {
        if (written + more > MOST_CHARACTERS) {
            throw new CommandException(
                    "texts with variables are more than " + MOST_CHARACTERS + " characters");
        }
    }

    /// The brace that closes the one before `from`; -1 for none.
    private static int closing(String text, int from) {
        int open = 1;
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '{' && text.charAt(i - 1) == '$') {
                open++;
            } else if (text.charAt(i) == '}' && --open == 0) {
                return i;
            }
        }
        return -1;
    }

    private static int nameEnd(String text, int from) {
        int end = from;
        while (end < text.length()
                && (text.charAt(end) == '_' || Character.isLetterOrDigit(text.charAt(end)))) {
            end++;
        }
        return end;
    }

    private String value(String name) {
        if (!variables.containsKey(name)) {
            losses.accept("variable '" + name + "' is not set: it is empty");
        }
        return variables.getOrDefault(name, "");
    }

    private String braced(String inside, int depth) {
        int end = nameEnd(inside, 0);
        var name = inside.substring(0, end);
        var rest = inside.substring(end);
        if (rest.isEmpty()) {
            return value(name);
        }
        boolean emptyIsUnset = rest.startsWith(":");
        var operator = emptyIsUnset ? rest.substring(1) : rest;
        var own = variables.get(name);
        boolean there = own != null && !(emptyIsUnset && own.isEmpty());
        var word = operator.isEmpty() ? "" : operator.substring(1);
        return switch (operator.isEmpty() ? ' ' : operator.charAt(0)) {
            case '-' -> there ? variables.getOrDefault(name, "") : text(word, depth + 1);
            case '+' -> there ? text(word, depth + 1) : "";
            case '?' -> {
                if (!there) {
                    losses.accept("variable '" + name + "' is required: " + text(word, depth + 1));
                }
                yield variables.getOrDefault(name, "");
            }
            default -> {
                losses.accept("'${" + inside + "}' is no variable");
                yield "";
            }
        };
    }
}

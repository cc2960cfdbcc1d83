package dev.kelpie.app.format;

import java.util.ArrayList;
import java.util.List;

/// Cuts the inside of one `{{ }}` into words.
final class Tokens {
    /// One word; `spaceBefore` tells `.A .B` from `.A.B`.
    record Token(Kind kind, String text, boolean spaceBefore) {}

    enum Kind {
        FIELD,
        DOT,
        VARIABLE,
        NAME,
        STRING,
        NUMBER,
        SIGN,
        END
    }

    private final String text;
    private int at;

    private Tokens(String text) {
        this.text = text;
    }

    /// Always ends with an END token.
    static List<Token> of(String action) {
        return new Tokens(action).all();
    }

    private List<Token> all() {
        var found = new ArrayList<Token>();
        while (true) {
            int before = at;
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            boolean space = at > before;
            if (at == text.length()) {
                found.add(new Token(Kind.END, "", space));
                return found;
            }
            found.add(next(space));
        }
    }

    private Token next(boolean space) {
        char c = text.charAt(at);
        if (c == '"') {
            return new Token(Kind.STRING, quoted(), space);
        }
        if (c == '`') {
            return new Token(Kind.STRING, raw(), space);
        }
        if (c == '$') {
            at++;
            return new Token(Kind.VARIABLE, "$" + letters(), space);
        }
        if (c == '.') {
            at++;
            var name = letters();
            return new Token(name.isEmpty() ? Kind.DOT : Kind.FIELD, name, space);
        }
        if (Character.isDigit(c) || ((c == '-' || c == '+') && digitFollows())) {
            return new Token(Kind.NUMBER, number(), space);
        }
        if (isLetter(c)) {
            return new Token(Kind.NAME, letters(), space);
        }
        return new Token(Kind.SIGN, sign(), space);
    }

    private boolean digitFollows() {
        return at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
    }

    private String sign() {
        if (text.startsWith(":=", at)) {
            at += 2;
            return ":=";
        }
        char c = text.charAt(at++);
        if ("()|,=".indexOf(c) < 0) {
            throw new FormatException("unexpected '" + c + "' in template action '" + text + "'");
        }
        return String.valueOf(c);
    }

    private String letters() {
        int start = at;
        while (at < text.length() && isLetter(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private String number() {
        int start = at++;
        while (at < text.length()
                && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        return text.substring(start, at);
    }

    private String raw() {
        int end = text.indexOf('`', at + 1);
        if (end < 0) {
            throw new FormatException("unterminated raw string in template action '" + text + "'");
        }
        var value = text.substring(at + 1, end);
        at = end + 1;
        return value;
    }

    private String quoted() {
        var value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && at + 1 < text.length()) {
                value.append(escaped(text.charAt(++at)));
            } else {
                value.append(c);
            }
        }
        throw new FormatException("unterminated string in template action '" + text + "'");
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            default -> c;
        };
    }

    private static boolean isLetter(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }
}

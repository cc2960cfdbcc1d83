package dev.kelpie.image.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One challenge of a `WWW-Authenticate` header (RFC 9110, section 11.6.1).
record Challenge(String scheme, Map<String, String> parameters) {

    Optional<String> get(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /// All challenges of all headers, in their order.
    static List<Challenge> parse(List<String> headers) {
        var challenges = new ArrayList<Challenge>();
        for (var header : headers) {
            new Parser(header).into(challenges);
        }
        return challenges;
    }

    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text.length() > 8192 ? text.substring(0, 8192) : text;
        }

        void into(List<Challenge> challenges) {
            var parameters = new HashMap<String, String>();
            while (at < text.length()) {
                skip(" ,\t");
                var word = token();
                if (word.isEmpty()) {
                    at++;
                    continue;
                }
                skip(" \t");
                if (at < text.length() && text.charAt(at) == '=') {
                    at++;
                    skip(" \t");
                    parameters.put(word.toLowerCase(Locale.ROOT), value());
                } else {
                    parameters = new HashMap<>();
                    challenges.add(new Challenge(word.toLowerCase(Locale.ROOT), parameters));
                }
            }
        }

        private String value() {
            if (at >= text.length() || text.charAt(at) != '"') {
                return token();
            }
            var value = new StringBuilder();
            at++;
            while (at < text.length() && text.charAt(at) != '"') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at++));
            }
            at++;
            return value.toString();
        }

        private String token() {
            var start = at;
            while (at < text.length() && " ,=\t\"".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at);
        }

        private void skip(String characters) {
            while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }
    }
}

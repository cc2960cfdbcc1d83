package dev.kelpie.image.build;

import java.util.ArrayList;
import java.util.List;

/// A path pattern: `*`, `?`, `[a-z]`, `\` within a part, `**` for any number of parts.
final class PathPattern {

    private static final int LONGEST = 4096;

    private final List<String> parts;

    private PathPattern(List<String> parts) {
        this.parts = List.copyOf(parts);
    }

    static PathPattern parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("pattern is too long");
        }
        var parts = new ArrayList<String>();
        for (var part : text.split("/", -1)) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    throw new IllegalArgumentException(
                            "pattern leaves the context: '" + text + "'");
                }
                parts.removeLast();
            } else if (!part.isEmpty()
                    && !part.equals(".")
                    && !(part.equals("**") && !parts.isEmpty() && parts.getLast().equals("**"))) {
                parts.add(part);
            }
        }
        parts.forEach(part -> partMatches(part, ""));
        return new PathPattern(parts);
    }

    static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
    }

    List<String> parts() {
        return parts;
    }

    /// Whether the pattern names this path or a directory above it.
    boolean matchesOrContains(String path) {
        if (parts.isEmpty() || path.isEmpty()) {
            return false;
        }
        var names = path.split("/", -1);
        // reachable[i]: the parts so far can match the first i names
        var reachable = new boolean[names.length + 1];
        reachable[0] = true;
        for (var part : parts) {
            var next = new boolean[names.length + 1];
            for (var i = 0; i <= names.length; i++) {
                if (part.equals("**")) {
                    next[i] = reachable[i] || (i > 0 && next[i - 1]);
                } else {
                    next[i] = i > 0 && reachable[i - 1] && partMatches(part, names[i - 1]);
                }
            }
            reachable = next;
        }
        for (var i = 1; i <= names.length; i++) {
            if (reachable[i]) {
                return true;
            }
        }
        return false;
    }

    /// One part against one name, in time proportional to both lengths multiplied.
    static boolean partMatches(String pattern, String name) {
        var p = 0;
        var n = 0;
        var starAt = -1;
        var starName = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                starAt = p++;
                starName = n;
                continue;
            }
            var length = p < pattern.length() ? unit(pattern, p, name.charAt(n)) : 0;
            if (length > 0) {
                p += length;
                n++;
            } else if (starAt >= 0) {
                p = starAt + 1;
                n = ++starName;
            } else {
                checkRest(pattern, p);
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        checkRest(pattern, p);
        return p == pattern.length();
    }

    private static void checkRest(String pattern, int from) {
        for (var p = from; p < pattern.length(); p += unitLength(pattern, p)) {
            // unitLength throws when a unit is misspelt
        }
    }

    /// How long the unit at `p` is if it matches `c`; 0 when it does not.
    private static int unit(String pattern, int p, char c) {
        var length = unitLength(pattern, p);
        var first = pattern.charAt(p);
        var matches =
                switch (first) {
                    case '?' -> true;
                    case '\\' -> pattern.charAt(p + 1) == c;
                    case '[' -> inClass(pattern, p + 1, p + length - 1, c);
                    default -> first == c;
                };
        return matches ? length : 0;
    }

    private static int unitLength(String pattern, int p) {
        return switch (pattern.charAt(p)) {
            case '\\' -> {
                if (p + 1 == pattern.length()) {
                    throw new IllegalArgumentException("pattern ends in \\: '" + pattern + "'");
                }
                yield 2;
            }
            case '[' -> {
                var end = pattern.indexOf(']', p + 2);
                if (end < 0) {
                    throw new IllegalArgumentException("[ is not closed: '" + pattern + "'");
                }
                yield end - p + 1;
            }
            default -> 1;
        };
    }

    private static boolean inClass(String pattern, int from, int to, char c) {
        var i = from;
        var negated = pattern.charAt(i) == '^' || pattern.charAt(i) == '!';
        i += negated ? 1 : 0;
        var found = false;
        while (i < to) {
            if (i + 2 < to && pattern.charAt(i + 1) == '-') {
                found |= c >= pattern.charAt(i) && c <= pattern.charAt(i + 2);
                i += 3;
            } else {
                found |= c == pattern.charAt(i++);
            }
        }
        return found != negated;
    }
}

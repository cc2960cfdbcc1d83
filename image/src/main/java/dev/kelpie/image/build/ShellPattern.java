package dev.kelpie.image.build;

import java.util.ArrayList;
import java.util.List;

/// The patterns of `${NAME#pattern}` and its like: `*` and `?`, a backslash takes the next
/// character as it is. Time grows with both lengths multiplied, never more.
final class ShellPattern {

    private static final int LONGEST = 4096;

    /// One character, any one, or any number of any.
    private record Unit(Kind kind, char c) {}

    private enum Kind {
        EXACT,
        ONE,
        MANY
    }

    private final List<Unit> units;

    private ShellPattern(List<Unit> units) {
        this.units = units;
    }

    static ShellPattern parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("pattern is too long");
        }
        var units = new ArrayList<Unit>();
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                units.add(new Unit(Kind.EXACT, text.charAt(++i)));
            } else if (c == '*') {
                units.add(new Unit(Kind.MANY, c));
            } else {
                units.add(new Unit(c == '?' ? Kind.ONE : Kind.EXACT, c));
            }
        }
        return new ShellPattern(units);
    }

    String withoutPrefix(String value, boolean longest) {
        var ends = ends(value, 0);
        for (var i = 0; i <= value.length(); i++) {
            var at = longest ? value.length() - i : i;
            if (ends[at]) {
                return value.substring(at);
            }
        }
        return value;
    }

    String withoutSuffix(String value, boolean longest) {
        for (var i = 0; i <= value.length(); i++) {
            var at = longest ? i : value.length() - i;
            if (ends(value, at)[value.length()]) {
                return value.substring(0, at);
            }
        }
        return value;
    }

    /// The first match, or all, each as long as it can be.
    String replaced(String value, String replacement, boolean all) {
        var out = new StringBuilder();
        var at = 0;
        var done = false;
        while (at < value.length()) {
            var end = done && !all ? -1 : longestEnd(value, at);
            if (end > at) {
                out.append(replacement);
                at = end;
                done = true;
            } else {
                out.append(value.charAt(at++));
            }
            if (out.length() > 1 << 20) {
                throw new IllegalArgumentException("grows beyond " + (1 << 20) + " characters");
            }
        }
        return out.toString();
    }

    private int longestEnd(String value, int from) {
        var ends = ends(value, from);
        for (var end = value.length(); end > from; end--) {
            if (ends[end]) {
                return end;
            }
        }
        return -1;
    }

    /// Where a match that begins at `from` may end.
    private boolean[] ends(String value, int from) {
        var now = new boolean[value.length() + 1];
        now[from] = true;
        for (var unit : units) {
            var next = new boolean[value.length() + 1];
            for (var i = from; i <= value.length(); i++) {
                next[i] =
                        switch (unit.kind()) {
                            case MANY -> now[i] || (i > from && next[i - 1]);
                            case ONE -> i > from && now[i - 1];
                            case EXACT -> i > from && now[i - 1] && value.charAt(i - 1) == unit.c();
                        };
            }
            now = next;
        }
        return now;
    }
}

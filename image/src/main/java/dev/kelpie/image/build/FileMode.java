package dev.kelpie.image.build;

import java.util.regex.Pattern;

/// What `--chmod` says: an octal number, or `u=rwX,go+r` as chmod(1) has it.
record FileMode(String text) {

    private static final Pattern OCTAL = Pattern.compile("[0-7]{1,5}");
    private static final Pattern CLAUSE = Pattern.compile("([ugoa]*)([+=-])([rwxXst]*)");

    static FileMode parse(String text, Instruction instruction) {
        var fits =
                OCTAL.matcher(text).matches()
                        ? Integer.parseInt(text, 8) <= 07777
                        : !text.isEmpty()
                                && java.util.Arrays.stream(text.split(",", -1))
                                        .allMatch(clause -> CLAUSE.matcher(clause).matches());
        if (!fits) {
            throw instruction.error(
                    "--chmod takes an octal number up to 7777 or clauses such as u=rwX,go-w: '"
                            + text
                            + "'");
        }
        return new FileMode(text);
    }

    /// The mode of something that has `before`.
    int of(int before, boolean directory) {
        if (OCTAL.matcher(text).matches()) {
            return Integer.parseInt(text, 8);
        }
        var mode = before;
        for (var clause : text.split(",", -1)) {
            var matcher = CLAUSE.matcher(clause);
            if (matcher.matches()) {
                var who = matcher.group(1).isEmpty() ? "a" : matcher.group(1);
                var mask = mask(who);
                var bits = bits(matcher.group(3), directory || (mode & 0111) != 0) & mask;
                mode =
                        switch (matcher.group(2)) {
                            case "+" -> mode | bits;
                            case "-" -> mode & ~bits;
                            default -> (mode & ~mask) | bits;
                        };
            }
        }
        return mode;
    }

    private static int mask(String who) {
        var mask = 0;
        for (var i = 0; i < who.length(); i++) {
            mask |=
                    switch (who.charAt(i)) {
                        case 'u' -> 04700;
                        case 'g' -> 02070;
                        case 'o' -> 01007;
                        default -> 07777;
                    };
        }
        return mask;
    }

    private static int bits(String letters, boolean executable) {
        var bits = 0;
        for (var i = 0; i < letters.length(); i++) {
            bits |=
                    switch (letters.charAt(i)) {
                        case 'r' -> 0444;
                        case 'w' -> 0222;
                        case 'x' -> 0111;
                        case 'X' -> executable ? 0111 : 0;
                        case 's' -> 06000;
                        default -> 01000;
                    };
        }
        return bits;
    }
}

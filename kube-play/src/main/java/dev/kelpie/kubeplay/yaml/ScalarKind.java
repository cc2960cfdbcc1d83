package dev.kelpie.kubeplay.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/// What an unquoted scalar stands for to the YAML reader of Kubernetes (sigs.k8s.io/yaml, which
/// keeps YAML 1.1's booleans and octal numbers but knows no dates and no base 60).
public enum ScalarKind {
    STRING("a string"),
    INTEGER("a number"),
    FLOAT("a number"),
    BOOLEAN("a boolean"),
    NULL("nothing");

    private static final Set<String> TRUE = Set.of("true", "yes", "on");
    private static final Set<String> FALSE = Set.of("false", "no", "off");
    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");
    private static final Pattern INTEGERS =
            Pattern.compile("[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|0|[1-9][0-9_]*)");
    private static final Pattern FLOATS =
            Pattern.compile(
                    "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,6})?"
                            + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final int LONGEST_NUMBER = 64;

    private final String words;

    ScalarKind(String words) {
        this.words = words;
    }

    /// With its article, for messages.
    public String words() {
        return words;
    }

    /// What a plain (unquoted) scalar is.
    static ScalarKind ofPlain(String text) {
        if (NOTHING.contains(text)) {
            return NULL;
        }
        if (isBoolean(text)) {
            return BOOLEAN;
        }
        if (text.length() > LONGEST_NUMBER) {
            return STRING;
        }
        if (INTEGERS.matcher(text).matches()) {
            return INTEGER;
        }
        return FLOATS.matcher(text).matches() ? FLOAT : STRING;
    }

    private static boolean isBoolean(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (!TRUE.contains(lower) && !FALSE.contains(lower)) {
            return false;
        }
        var capital = Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
        return text.equals(lower)
                || text.equals(capital)
                || text.equals(text.toUpperCase(Locale.ROOT));
    }

    /// The value of a boolean; empty for anything else.
    public static Optional<Boolean> bool(Node.Scalar scalar) {
        return scalar.kind() == BOOLEAN
                ? Optional.of(TRUE.contains(scalar.text().toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    /// The value of a whole number (also when written `1e3` or `3.0`); empty when it is none or
    /// goes beyond 64 bits.
    public static OptionalLong integer(Node.Scalar scalar) {
        try {
            return switch (scalar.kind()) {
                case INTEGER -> OptionalLong.of(parseInteger(scalar.text()).longValueExact());
                case FLOAT -> OptionalLong.of(new BigDecimal(scalar.text()).longValueExact());
                case STRING, BOOLEAN, NULL -> OptionalLong.empty();
            };
        } catch (ArithmeticException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static BigInteger parseInteger(String text) {
        var digits = text.replace("_", "");
        var negative = digits.startsWith("-");
        if (negative || digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        var value = parseDigits(digits);
        return negative ? value.negate() : value;
    }

    private static BigInteger parseDigits(String digits) {
        if (digits.length() == 1 || digits.charAt(0) != '0') {
            return new BigInteger(digits);
        }
        return switch (digits.charAt(1)) {
            case 'x' -> new BigInteger(digits.substring(2), 16);
            case 'b' -> new BigInteger(digits.substring(2), 2);
            case 'o' -> new BigInteger(digits.substring(2), 8);
            default -> new BigInteger(digits, 8);
        };
    }
}

package dev.kelpie.kubeplay.schema;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A Kubernetes quantity: `500m` of a core, `64Mi` of memory.
///
/// @see <a
///   href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">Quantity</a>
public record Amount(BigDecimal value) {

    private static final Pattern SYNTAX =
            Pattern.compile(
                    "([-+]?(?:[0-9]{1,40}\\.?[0-9]{0,40}|\\.[0-9]{1,40}))"
                            + "([numkMGTPE]|[KMGTPE]i|[eE][-+]?[0-9]{1,3})?");
    private static final Map<String, Integer> POWERS_OF_TEN =
            Map.of("n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
    private static final String BINARY = "KMGTPE";
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    public static Optional<Amount> parse(String text) {
        var matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var number = new BigDecimal(matcher.group(1));
        var suffix = matcher.group(2);
        return Optional.of(new Amount(suffix == null ? number : scaled(number, suffix)));
    }

    private static BigDecimal scaled(BigDecimal number, String suffix) {
        if (suffix.endsWith("i")) {
            var power = BINARY.indexOf(suffix.charAt(0)) + 1;
            return number.multiply(BigDecimal.TWO.pow(10 * power));
        }
        var power = POWERS_OF_TEN.get(suffix);
        return number.scaleByPowerOfTen(
                power != null ? power : Integer.parseInt(suffix.substring(1)));
    }

    public boolean negative() {
        return value.signum() < 0;
    }

    /// Whether it is a whole number of what it counts.
    public boolean whole() {
        return value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
    }

    /// Whole units, a part of one rounded up, as Kubernetes does.
    public long units() {
        return bounded(value);
    }

    /// Thousandths, rounded up.
    public long thousandths() {
        return bounded(value.scaleByPowerOfTen(3));
    }

    private static long bounded(BigDecimal value) {
        return value.min(MOST).max(MOST.negate()).setScale(0, RoundingMode.CEILING).longValue();
    }
}

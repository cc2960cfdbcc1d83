package dev.kelpie.app.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/// Numbers of bytes as people read them.
public final class HumanSize {
    private static final List<String> DECIMAL =
            List.of("B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB");
    private static final List<String> BINARY = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB");

    private HumanSize() {}

    /// Three digits and a decimal unit: `12.2 MB`; `gap` stands between them.
    public static String decimal(long bytes, String gap) {
        return scaled(bytes, 1000, DECIMAL, 3, gap);
    }

    /// Four digits and a binary unit: `16.41MiB`.
    public static String binary(long bytes) {
        return scaled(bytes, 1024, BINARY, 4, "");
    }

    private static String scaled(long bytes, int step, List<String> units, int digits, String gap) {
        double value = bytes;
        int unit = 0;
        while (value >= step && unit < units.size() - 1) {
            value /= step;
            unit++;
        }
        var rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        return plain(rounded) + gap + units.get(unit);
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}

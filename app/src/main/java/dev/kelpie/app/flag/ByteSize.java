package dev.kelpie.app.flag;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/// A number of bytes as typed: `64m`, `1.5g`, `512kb`, `1GiB`, `1048576`; units are powers of 1024.
public final class ByteSize {
    private static final Pattern SIZE =
            Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?) ?([kmgtp]?)(?:i?b)?");

    private ByteSize() {}

    /// Parses a size.
    ///
    /// @param flag for the message, `--memory`
    public static long parse(String flag, String text) {
        var size = SIZE.matcher(text.toLowerCase(Locale.ROOT).strip());
        if (!size.matches()) {
            throw invalid(flag, text);
        }
        int power = 1 + "kmgtp".indexOf(size.group(2));
        var factor = size.group(2).isEmpty() ? BigDecimal.ONE : new BigDecimal(1024).pow(power);
        var bytes = new BigDecimal(size.group(1)).multiply(factor);
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw invalid(flag, text);
        }
        return bytes.longValue();
    }

    private static FlagException invalid(String flag, String text) {
        return FlagException.syntax(
                "invalid argument \"" + text + "\" for \"" + flag + "\" flag: not a size like 64m");
    }
}

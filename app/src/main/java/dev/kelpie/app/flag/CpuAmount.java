package dev.kelpie.app.flag;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// A number of processors as typed, `1.5`, in thousandths.
public final class CpuAmount {
    private static final int MOST = 100_000;

    private CpuAmount() {}

    public static long parseMilli(String flag, String text) {
        if (!text.matches("\\d{1,6}(\\.\\d{1,9})?|\\.\\d{1,9}")) {
            throw invalid(flag, text);
        }
        var amount = new BigDecimal(text);
        if (amount.compareTo(BigDecimal.valueOf(MOST)) > 0) {
            throw invalid(flag, text);
        }
        return amount.movePointRight(3).setScale(0, RoundingMode.UP).longValue();
    }

    private static FlagException invalid(String flag, String text) {
        return FlagException.syntax(
                "invalid argument \""
                        + text
                        + "\" for \""
                        + flag
                        + "\" flag: not a number like 1.5");
    }
}

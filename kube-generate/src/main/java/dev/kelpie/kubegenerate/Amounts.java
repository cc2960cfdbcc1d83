package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.Resources;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.LinkedHashMap;
import java.util.Map;

/// Amounts as a person writes them: `500m` of a core, `64Mi` of memory.
final class Amounts {
    private static final String UNITS = "KMGTPE";

    private Amounts() {}

    static Quantity cores(long milli) {
        return new Quantity(milli % 1000 == 0 ? Long.toString(milli / 1000) : milli + "m");
    }

    /// In the unit, binary or decimal, that makes the shorter number.
    static Quantity bytes(long bytes) {
        var binary = scaled(bytes, 1024, "i");
        var decimal = scaled(bytes, 1000, "").replace("K", "k");
        return new Quantity(digits(decimal) < digits(binary) ? decimal : binary);
    }

    /// CPU and memory by their names, as far as there is any.
    static Map<String, Quantity> of(Resources.Amounts amounts) {
        var named = new LinkedHashMap<String, Quantity>();
        amounts.milliCpu().ifPresent(milli -> named.put("cpu", cores(milli)));
        amounts.memory().ifPresent(bytes -> named.put("memory", bytes(bytes)));
        return named;
    }

    private static long digits(String amount) {
        return amount.chars().filter(Character::isDigit).count();
    }

    private static String scaled(long bytes, long base, String mark) {
        long number = bytes;
        int power = 0;
        while (number != 0 && number % base == 0 && power < UNITS.length()) {
            number /= base;
            power++;
        }
        return power == 0
                ? Long.toString(number)
                : number + UNITS.substring(power - 1, power) + mark;
    }
}

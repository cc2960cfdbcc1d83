package dev.kelpie.engine.cdi;

import java.util.regex.Pattern;

/// The spelling of makers, classes and devices.
final class CdiNames {
    private static final Pattern VENDOR = Pattern.compile("[A-Za-z]([\\w.-]{0,251}[A-Za-z0-9])?");
    private static final Pattern CLASS = Pattern.compile("[A-Za-z]([\\w.-]{0,61}[A-Za-z0-9])?");
    private static final Pattern DEVICE =
            Pattern.compile("[A-Za-z0-9]([\\w.:-]{0,251}[A-Za-z0-9])?");

    private CdiNames() {}

    /// Whether it is `vendor.com/class`.
    static boolean isKind(String text) {
        int slash = text.indexOf('/');
        return slash > 0
                && VENDOR.matcher(text.substring(0, slash)).matches()
                && CLASS.matcher(text.substring(slash + 1)).matches();
    }

    static boolean isDevice(String text) {
        return DEVICE.matcher(text).matches();
    }
}

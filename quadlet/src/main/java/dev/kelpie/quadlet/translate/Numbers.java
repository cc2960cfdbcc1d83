package dev.kelpie.quadlet.translate;

import java.util.OptionalLong;

/// Numbers as C reads them: `0x` before hexadecimal digits, `0` before octal ones.
public final class Numbers {
    private static final long MOST = 0xFFFF_FFFFL;

    private Numbers() {}

    /// Empty for what is no number, negative, or beyond 32 bits.
    public static OptionalLong parse(String text) {
        try {
            long value = Long.decode(text.strip());
            return value < 0 || value > MOST ? OptionalLong.empty() : OptionalLong.of(value);
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }
}

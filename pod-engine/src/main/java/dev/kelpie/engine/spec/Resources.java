package dev.kelpie.engine.spec;

import java.util.OptionalLong;

/// What a container may use at most and is promised at least.
public record Resources(Amounts requests, Amounts limits, OptionalLong pidsLimit) {
    public static final Resources UNLIMITED =
            new Resources(Amounts.NONE, Amounts.NONE, OptionalLong.empty());

    /// An amount of each resource, where one is named.
    ///
    /// @param milliCpu thousandths of a core
    /// @param memory bytes
    public record Amounts(OptionalLong milliCpu, OptionalLong memory) {
        public static final Amounts NONE = new Amounts(OptionalLong.empty(), OptionalLong.empty());

        public Amounts {
            if (milliCpu.orElse(1) < 0 || memory.orElse(1) < 0) {
                throw new IllegalArgumentException("an amount must not be negative");
            }
        }
    }
}

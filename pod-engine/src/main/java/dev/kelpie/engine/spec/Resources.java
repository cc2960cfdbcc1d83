package dev.kelpie.engine.spec;

import java.util.Objects;
import java.util.OptionalLong;

/// What a container may use at most and is promised at least.
public record Resources(Amounts requests, Amounts limits, OptionalLong pidsLimit, Tuning tuning) {
    public static final Resources UNLIMITED =
            new Resources(Amounts.NONE, Amounts.NONE, OptionalLong.empty());

    public Resources {
        // rows that an earlier version wrote have none
        tuning = Objects.requireNonNullElse(tuning, Tuning.NONE);
    }

    /// With nothing beyond.
    public Resources(Amounts requests, Amounts limits, OptionalLong pidsLimit) {
        this(requests, limits, pidsLimit, Tuning.NONE);
    }

    public Resources withTuning(Tuning other) {
        return new Resources(requests, limits, pidsLimit, other);
    }

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

package dev.kelpie.engine.spec;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;

/// What a container may use at most and is promised at least.
///
/// @param hugepages bytes of huge pages by the size of a page, as Kubernetes writes it: `2Mi`
/// @param restartOnResize `cpu` and `memory`, where a change of a running container's is for its
///   next run
public record Resources(
        Amounts requests,
        Amounts limits,
        OptionalLong pidsLimit,
        Map<String, Long> hugepages,
        List<String> restartOnResize,
        Tuning tuning) {
    public static final Resources UNLIMITED =
            new Resources(Amounts.NONE, Amounts.NONE, OptionalLong.empty());

    public Resources {
        // rows that an earlier version wrote have none of the last three
        hugepages =
                Collections.unmodifiableMap(
                        new TreeMap<>(Objects.requireNonNullElse(hugepages, Map.of())));
        restartOnResize =
                Objects.requireNonNullElse(restartOnResize, List.<String>of()).stream()
                        .distinct()
                        .sorted()
                        .toList();
        tuning = Objects.requireNonNullElse(tuning, Tuning.NONE);
    }

    /// With nothing beyond.
    public Resources(Amounts requests, Amounts limits, OptionalLong pidsLimit) {
        this(requests, limits, pidsLimit, Map.of(), List.of());
    }

    /// Without the kernel's own words.
    public Resources(
            Amounts requests,
            Amounts limits,
            OptionalLong pidsLimit,
            Map<String, Long> hugepages,
            List<String> restartOnResize) {
        this(requests, limits, pidsLimit, hugepages, restartOnResize, Tuning.NONE);
    }

    public Resources withTuning(Tuning other) {
        return new Resources(requests, limits, pidsLimit, hugepages, restartOnResize, other);
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

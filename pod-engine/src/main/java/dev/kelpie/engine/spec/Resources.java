package dev.kelpie.engine.spec;

import java.util.List;
import java.util.Map;
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
        List<String> restartOnResize) {
    public static final Resources UNLIMITED =
            new Resources(Amounts.NONE, Amounts.NONE, OptionalLong.empty());

    public Resources {
        restartOnResize = restartOnResize.stream().distinct().sorted().toList();
        hugepages = java.util.Collections.unmodifiableMap(new TreeMap<>(hugepages));
    }

    /// Without huge pages.
    public Resources(Amounts requests, Amounts limits, OptionalLong pidsLimit) {
        this(requests, limits, pidsLimit, Map.of(), List.of());
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

package dev.kelpie.engine;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/// How long to wait before an ended container is started again, as the kubelet does it: at once the
/// first time, then 10 s, doubling to 5 minutes; forgotten after a run of 10 minutes.
final class BackOff {

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration GOOD_RUN = Duration.ofMinutes(10);

    private final ConcurrentHashMap<String, Integer> failures = new ConcurrentHashMap<>();

    /// The wait after a run of this length.
    Duration next(String container, Duration run) {
        if (run.compareTo(GOOD_RUN) >= 0) {
            failures.remove(container);
        }
        var before = failures.merge(container, 1, Integer::sum) - 1;
        if (before == 0) {
            return Duration.ZERO;
        }
        var doubled = FIRST.multipliedBy(1L << Math.min(before - 1, 10));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    void forget(String container) {
        failures.remove(container);
    }
}

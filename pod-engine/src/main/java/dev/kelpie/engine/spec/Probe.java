package dev.kelpie.engine.spec;

import java.time.Duration;
import java.util.Optional;

/// A question asked of a running container again and again.
///
/// @param successThreshold successes in a row after which a failed one counts as passed
/// @param failureThreshold failures in a row after which it counts as failed
/// @param terminationGracePeriod for a container killed because of it; absent: the usual one
public record Probe(
        Handler.OfProbe handler,
        Duration initialDelay,
        Duration timeout,
        Duration period,
        int successThreshold,
        int failureThreshold,
        Optional<Duration> terminationGracePeriod) {

    public Probe {
        if (initialDelay.isNegative()
                || !timeout.isPositive()
                || !period.isPositive()
                || successThreshold < 1
                || failureThreshold < 1) {
            throw new IllegalArgumentException("a probe's times and thresholds must be positive");
        }
    }
}

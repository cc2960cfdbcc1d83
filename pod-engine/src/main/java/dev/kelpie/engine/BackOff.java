package dev.kelpie.engine;

import dev.kelpie.engine.state.Life;
import java.time.Duration;
import java.time.Instant;

/// When an ended container is started again, as the kubelet does it: at once the first time, then
/// after 10 s, doubling to 5 minutes; forgotten after a run of 10 minutes. Follows from what is in
/// the state, so that a service that comes back waits no longer and no shorter.
final class BackOff {

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration GOOD_RUN = Duration.ofMinutes(10);

    private BackOff() {}

    /// When it is due; of one that never ended, at once.
    static Instant due(Life life, Instant now) {
        return life.lastEnd().map(end -> end.finished().plus(delay(life))).orElse(now);
    }

    /// The wait after the last end.
    static Duration delay(Life life) {
        return after(failures(life));
    }

    /// The wait after so many failures in a row.
    static Duration after(int before) {
        if (before == 0) {
            return Duration.ZERO;
        }
        var doubled = FIRST.multipliedBy(1L << Math.min(before - 1, 10));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    /// One more restart.
    static Life restarted(Life life) {
        return life.restarted().withRetry(life.retry().withFailures(failures(life) + 1));
    }

    private static int failures(Life life) {
        if (life.lastStart().isEmpty() || life.lastEnd().isEmpty()) {
            return life.retry().failures();
        }
        var run = Duration.between(life.lastStart().get(), life.lastEnd().get().finished());
        return run.compareTo(GOOD_RUN) >= 0 ? 0 : life.retry().failures();
    }
}

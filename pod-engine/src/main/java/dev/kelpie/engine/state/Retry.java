package dev.kelpie.engine.state;

import java.time.Instant;
import java.util.Optional;

/// What decides when a container that ended is started again; kept in the state, so that neither a
/// crash of the service nor a reboot makes it come sooner or more often.
///
/// @param failures restarts in a row without a long run between them, which make the wait longer
/// @param since when the pod's deadline began to count; only an infra container has it
public record Retry(int failures, Optional<Instant> since) {

    public static final Retry NONE = new Retry(0, Optional.empty());

    public Retry withFailures(int count) {
        return new Retry(count, since);
    }

    public Retry withSince(Instant begin) {
        return new Retry(failures, Optional.of(begin));
    }
}

package dev.kelpie.engine.state;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// What decides when a container that ended is started again; kept in the state, so that neither a
/// crash of the service nor a reboot makes it come sooner or more often.
///
/// @param failures restarts in a row without a long run between them, which make the wait longer
/// @param since when the pod's deadline began to count; only an infra container has it
/// @param pull how the last pull of its image failed; only a container without its image has it
public record Retry(int failures, Optional<Instant> since, Optional<FailedPull> pull) {

    public static final Retry NONE = new Retry(0, Optional.empty(), Optional.empty());

    public Retry {
        // rows that an earlier version wrote have none
        pull = Objects.requireNonNullElse(pull, Optional.empty());
    }

    public Retry withFailures(int count) {
        return new Retry(count, since, pull);
    }

    public Retry withSince(Instant begin) {
        return new Retry(failures, Optional.of(begin), pull);
    }

    public Retry withPull(Optional<FailedPull> failed) {
        return new Retry(failures, since, failed);
    }

    /// Of a container that the user starts or stops: only what its image lacks still counts.
    public Retry anew() {
        return NONE.withPull(pull);
    }
}

package dev.kelpie.engine.state;

import java.time.Instant;
import java.util.Optional;

/// The next start of a container that ended: kept in the state, so that neither a crash of the
/// service nor a reboot makes it come sooner or more often.
///
/// @param failures in a row, which make the wait longer
/// @param due when it is started again; empty while it runs or is left alone
public record Retry(int failures, Optional<Instant> due) {

    public static final Retry NONE = new Retry(0, Optional.empty());

    /// It was started: nothing is due, what failed before still counts.
    public Retry begun() {
        return new Retry(failures, Optional.empty());
    }
}

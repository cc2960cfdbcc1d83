package dev.kelpie.engine.event;

import java.time.Instant;
import java.util.Optional;

/// Which events to read.
///
/// @param past those of the past too, not only what comes
/// @param follow go on with what happens, until `until` or an interrupt
public record EventQuery(
        boolean past, boolean follow, Optional<Instant> since, Optional<Instant> until) {
    /// All that is known by now.
    public static final EventQuery ALL =
            new EventQuery(true, false, Optional.empty(), Optional.empty());

    boolean covers(Instant time) {
        return since.filter(time::isBefore).isEmpty() && until.filter(time::isAfter).isEmpty();
    }
}

package dev.kelpie.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// Which part of a container's log to read.
///
/// @param follow go on until the container has ended for good (interrupt to leave earlier)
/// @param previous only what the run before the present one wrote
/// @param tail only the last so many lines of what is there
public record LogRequest(
        boolean follow,
        boolean previous,
        OptionalInt tail,
        Optional<Instant> since,
        Optional<Instant> until) {
    public static final LogRequest ALL =
            new LogRequest(false, false, OptionalInt.empty(), Optional.empty(), Optional.empty());

    /// The last lines of what is there.
    public static LogRequest last(int lines) {
        return new LogRequest(
                false, false, OptionalInt.of(lines), Optional.empty(), Optional.empty());
    }
}

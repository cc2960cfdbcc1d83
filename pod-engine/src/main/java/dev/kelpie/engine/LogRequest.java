package dev.kelpie.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// Which part of a container's log to read.
///
/// @param follow go on until the container has ended (interrupt to leave earlier)
/// @param tail only the last so many lines of what is there
public record LogRequest(
        boolean follow, OptionalInt tail, Optional<Instant> since, Optional<Instant> until) {
    public static final LogRequest ALL =
            new LogRequest(false, OptionalInt.empty(), Optional.empty(), Optional.empty());
}

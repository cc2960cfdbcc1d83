package dev.kelpie.engine.report;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// One run of a container that has ended, or one attempt that failed.
///
/// @param started empty for one whose command never ran
/// @param logTail the last lines it wrote
public record ContainerRun(Optional<Instant> started, ContainerEnd end, String logTail) {
    public ContainerRun {
        logTail = Objects.requireNonNullElse(logTail, "");
    }
}

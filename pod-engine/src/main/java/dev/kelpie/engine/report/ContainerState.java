package dev.kelpie.engine.report;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// Where a container stands.
///
/// @param started of the last run
/// @param end of the last run; empty while it runs
/// @param pid of its first process as the host sees it, while it runs
/// @param restarts how often the restart policy started it again
public record ContainerState(
        ContainerStatus status,
        Instant created,
        Optional<Instant> started,
        Optional<ContainerEnd> end,
        OptionalInt pid,
        OptionalInt conmonPid,
        int restarts,
        Standing standing) {

    /// The exit code listings show: 0 for one that has not ended.
    public int exitCode() {
        return end.map(ContainerEnd::exitCode).orElse(0);
    }

    public boolean running() {
        return status == ContainerStatus.RUNNING || status == ContainerStatus.STOPPING;
    }

    public boolean stoppedByUser() {
        return standing.stoppedByUser();
    }

    /// Empty when nothing is asked of it.
    public Optional<Health> health() {
        return standing.health();
    }
}

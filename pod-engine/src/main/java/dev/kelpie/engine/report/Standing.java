package dev.kelpie.engine.report;

import java.util.List;
import java.util.Optional;

/// What the supervisor knows of a container beyond its process.
///
/// @param stoppedByUser told to stop; its restart policy sleeps
/// @param started its startup probe has passed (at once without one)
/// @param ready its readiness probe passes (at once without one)
/// @param health empty when nothing is asked of it
/// @param waiting why it does not run although it should
/// @param runs those that ended, oldest first, at most a handful
public record Standing(
        boolean stoppedByUser,
        boolean started,
        boolean ready,
        Optional<Health> health,
        Optional<Waiting> waiting,
        List<ContainerRun> runs) {

    public Standing {
        runs = List.copyOf(runs);
    }

    /// One of which nothing is asked.
    public static Standing plain(boolean stoppedByUser, boolean running) {
        return new Standing(
                stoppedByUser, running, running, Optional.empty(), Optional.empty(), List.of());
    }
}

package dev.kelpie.engine.state;

import dev.kelpie.engine.report.ContainerEnd;
import java.time.Instant;
import java.util.Optional;

/// What happened to a container and what is wanted of it.
///
/// @param wanted whether it is meant to run
/// @param stoppedByUser told to stop; its restart policy sleeps until it is started again
/// @param restarts by the policy, since the user last started it
/// @param lastStart begin of the last run that is known to have ended
/// @param lastEnd how that run ended
public record Life(
        Instant created,
        boolean wanted,
        boolean stoppedByUser,
        int restarts,
        Optional<Instant> lastStart,
        Optional<ContainerEnd> lastEnd) {

    /// Just made.
    public static Life born(Instant created) {
        return new Life(created, false, false, 0, Optional.empty(), Optional.empty());
    }

    public Life asked(boolean toRun) {
        return new Life(created, toRun, !toRun, toRun ? 0 : restarts, lastStart, lastEnd);
    }

    public Life restarted() {
        return new Life(created, wanted, stoppedByUser, restarts + 1, lastStart, lastEnd);
    }

    public Life withRestarts(int count) {
        return new Life(created, wanted, stoppedByUser, count, lastStart, lastEnd);
    }

    public Life withWanted(boolean value) {
        return new Life(created, value, stoppedByUser, restarts, lastStart, lastEnd);
    }

    public Life ended(Optional<Instant> start, ContainerEnd end) {
        return new Life(
                created,
                wanted,
                stoppedByUser,
                restarts,
                start.or(() -> lastStart),
                Optional.of(end));
    }
}

package dev.kelpie.engine.state;

import dev.kelpie.engine.report.ContainerEnd;
import dev.kelpie.engine.report.ContainerRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What happened to a container and what is wanted of it.
///
/// @param wanted whether it is meant to run
/// @param stoppedByUser told to stop; its restart policy sleeps until it is started again
/// @param restarts by the policy, since the user last started it
/// @param lastStart begin of the last run that is known to have ended
/// @param lastEnd how that run ended
/// @param runs the last that ended, oldest first
/// @param retry when and why it is started again
public record Life(
        Instant created,
        boolean wanted,
        boolean stoppedByUser,
        int restarts,
        Optional<Instant> lastStart,
        Optional<ContainerEnd> lastEnd,
        List<ContainerRun> runs,
        Retry retry) {

    private static final int RUNS_KEPT = 5;

    public Life {
        // rows that an earlier version wrote have neither
        runs = List.copyOf(Objects.requireNonNullElse(runs, List.of()));
        retry = Objects.requireNonNullElse(retry, Retry.NONE);
    }

    /// Just made.
    public static Life born(Instant created) {
        return new Life(
                created,
                false,
                false,
                0,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Retry.NONE);
    }

    public Life asked(boolean toRun) {
        return new Life(
                created,
                toRun,
                !toRun,
                toRun ? 0 : restarts,
                lastStart,
                lastEnd,
                runs,
                retry.anew());
    }

    public Life restarted() {
        return withRestarts(restarts + 1);
    }

    public Life withRestarts(int count) {
        return new Life(created, wanted, stoppedByUser, count, lastStart, lastEnd, runs, retry);
    }

    public Life withWanted(boolean value) {
        return new Life(created, value, stoppedByUser, restarts, lastStart, lastEnd, runs, retry);
    }

    public Life withRetry(Retry other) {
        return new Life(created, wanted, stoppedByUser, restarts, lastStart, lastEnd, runs, other);
    }

    public Life ended(Optional<Instant> start, ContainerEnd end) {
        return ended(new ContainerRun(start, end, ""));
    }

    public Life ended(ContainerRun run) {
        var all = new ArrayList<>(runs);
        all.add(run);
        return new Life(
                created,
                wanted,
                stoppedByUser,
                restarts,
                run.started().or(() -> lastStart),
                Optional.of(run.end()),
                all.subList(Math.max(0, all.size() - RUNS_KEPT), all.size()),
                retry);
    }
}

package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.spec.CronSpec;
import dev.kelpie.engine.state.Change;
import dev.kelpie.engine.state.CronRow;
import java.util.List;
import java.util.Optional;

/// The CronJobs of a play: one that is there and changes remembers when it ran last.
final class PlayedCrons {
    private PlayedCrons() {}

    /// Writes down what shall be, as belonging to an unfinished play.
    static void enter(Core core, Change change, List<CronSpec> specs, String play) {
        for (var spec : specs) {
            var present = Optional.ofNullable(change.now().crons().get(spec.key()));
            if (present.filter(row -> !row.play().isEmpty()).isPresent()) {
                throw new InvalidRequestException(
                        "cronjob '" + spec.name() + "' is being changed by another play");
            }
            if (present.filter(row -> row.spec().equals(spec)).isEmpty()) {
                change.put(
                        new CronRow(
                                spec,
                                core.clock.instant(),
                                present.flatMap(CronRow::lastSchedule),
                                play,
                                present));
            }
        }
    }

    static void commit(Change change, String play) {
        for (var row : List.copyOf(change.now().crons().values())) {
            if (row.play().equals(play)) {
                change.put(row.committed());
            }
        }
    }

    /// Takes back what only an abandoned play wanted.
    static void removeOf(Core core, String play) {
        core.store.change(change -> {
            for (var row : List.copyOf(change.now().crons().values())) {
                if (row.play().equals(play)) {
                    change.removeCron(row.key());
                    row.before().ifPresent(change::put);
                }
            }
        });
    }
}

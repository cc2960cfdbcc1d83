package dev.kelpie.engine.state;

import dev.kelpie.engine.spec.CronSpec;
import java.time.Instant;
import java.util.Optional;

/// The intent about one CronJob.
///
/// @param since runs that were due before are none of its
/// @param lastSchedule when its last run was due; also one that was skipped
/// @param play id of the play that makes or changes it; empty when none does
/// @param before what it was before that play
public record CronRow(
        CronSpec spec,
        Instant since,
        Optional<Instant> lastSchedule,
        String play,
        Optional<CronRow> before) {

    public String key() {
        return spec.key();
    }

    /// No play's any more.
    public CronRow committed() {
        return new CronRow(spec, since, lastSchedule, "", Optional.empty());
    }

    public CronRow scheduled(Instant time) {
        return new CronRow(spec, since, Optional.of(time), play, before);
    }
}

package dev.kelpie.engine.report;

import dev.kelpie.engine.spec.CronSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A CronJob as listings show it.
///
/// @param last when its last run was due
/// @param next when the next one is; empty while it is suspended
/// @param active names of pods that run for it now
public record CronSummary(
        CronSpec spec, Optional<Instant> last, Optional<Instant> next, List<String> active) {
    public CronSummary {
        active = List.copyOf(active);
    }
}

package dev.kelpie.engine.probe;

import dev.kelpie.engine.report.Health;
import dev.kelpie.engine.report.ProbeResult;
import dev.kelpie.engine.spec.Probes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What the probes of one run of a container have found: a fact of this boot, kept beside the run's
/// other facts so that a service that is restarted counts on.
///
/// @param log the last answers, oldest first
public record ProbeBook(Map<ProbeKind, Tally> tallies, List<ProbeResult> log) {

    public static final ProbeBook EMPTY = new ProbeBook(Map.of(), List.of());

    public ProbeBook {
        tallies = Map.copyOf(tallies);
        log = List.copyOf(log);
    }

    public Tally tally(ProbeKind kind) {
        var found = tallies.get(kind);
        return found == null ? Tally.first(kind) : found;
    }

    Verdict verdict(ProbeKind kind) {
        return tally(kind).verdict();
    }

    ProbeBook with(ProbeKind kind, Tally tally, ProbeResult result, int kept) {
        var all = new EnumMap<ProbeKind, Tally>(ProbeKind.class);
        all.putAll(tallies);
        all.put(kind, tally);
        var longer = new ArrayList<>(log);
        longer.add(result);
        var from = kept == 0 ? 0 : Math.max(0, longer.size() - kept);
        return new ProbeBook(all, longer.subList(from, longer.size()));
    }

    /// Whether the startup probe has passed, at once without one.
    public boolean started(Probes probes) {
        return probes.startup().isEmpty() || verdict(ProbeKind.STARTUP) == Verdict.PASSED;
    }

    /// Whether it counts as ready.
    public boolean ready(Probes probes) {
        return started(probes)
                && (probes.readiness().isEmpty() || verdict(ProbeKind.READINESS) == Verdict.PASSED);
    }

    /// As Podman shows it. Of Kubernetes' probes it is unhealthy that is about to be killed or has
    /// lost its readiness; one that never was ready is still starting.
    public Health health(Probes probes) {
        if (!probes.health().off()) {
            return new Health(
                    switch (verdict(ProbeKind.HEALTH)) {
                        case UNKNOWN ->
                                verdict(ProbeKind.HEALTH_STARTUP) == Verdict.FAILED
                                        ? Health.UNHEALTHY
                                        : Health.STARTING;
                        case PASSED -> Health.HEALTHY;
                        case FAILED -> Health.UNHEALTHY;
                    },
                    tally(ProbeKind.HEALTH).failures(),
                    log);
        }
        return new Health(word(probes), streak(probes), log);
    }

    private String word(Probes probes) {
        if (verdict(ProbeKind.LIVENESS) == Verdict.FAILED
                || verdict(ProbeKind.STARTUP) == Verdict.FAILED) {
            return Health.UNHEALTHY;
        }
        if (!started(probes)) {
            return Health.STARTING;
        }
        if (ready(probes)) {
            return Health.HEALTHY;
        }
        var asked = tally(ProbeKind.READINESS);
        var threshold = probes.readiness().map(probe -> probe.failureThreshold()).orElse(1);
        return asked.failures() >= threshold ? Health.UNHEALTHY : Health.STARTING;
    }

    private int streak(Probes probes) {
        if (!started(probes)) {
            return tally(ProbeKind.STARTUP).failures();
        }
        return Math.max(
                tally(ProbeKind.LIVENESS).failures(), tally(ProbeKind.READINESS).failures());
    }
}

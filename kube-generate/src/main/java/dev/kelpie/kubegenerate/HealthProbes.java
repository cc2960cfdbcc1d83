package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.HealthCheck;
import dev.kelpie.engine.spec.Probe;
import dev.kelpie.engine.spec.Probes;
import java.time.Duration;
import java.util.Optional;

/// Makes probes of a health check: one that only tells becomes a readiness probe, one that kills or
/// restarts a liveness probe.
final class HealthProbes {
    private final Probes probes;
    private final HealthCheck check;
    private final String owner;
    private final Losses losses;

    private HealthProbes(Probes probes, String owner, Losses losses) {
        this.probes = probes;
        this.check = probes.health();
        this.owner = owner;
        this.losses = losses;
    }

    /// Probes without a health check.
    static Probes of(Probes probes, String owner, Losses losses) {
        if (probes.health().off()) {
            return probes;
        }
        if (probes.health().test().isEmpty()) {
            losses.note(owner, "the health check that its image may bring");
            return probes.withHealth(HealthCheck.OFF);
        }
        return new HealthProbes(probes, owner, losses).made();
    }

    private Probes made() {
        boolean tells = check.onFailure() == HealthCheck.OnFailure.NONE;
        var taken = tells ? probes.readiness() : probes.liveness();
        if (taken.isPresent()) {
            losses.note(owner, "its health check: it has a probe of that kind already");
            return probes.withHealth(HealthCheck.OFF);
        }
        losses.note(
                owner,
                "its health check is a " + (tells ? "readiness" : "liveness") + " probe now");
        if (check.onFailure() == HealthCheck.OnFailure.STOP
                || check.onFailure() == HealthCheck.OnFailure.KILL) {
            losses.note(owner, "when it is unhealthy its restart policy decides what comes after");
        }
        if (!check.log().equals(HealthCheck.HealthLog.USUAL)) {
            losses.note(owner, "how much is kept of the checks of its health");
        }
        var probe = whole(check.probe());
        return new Probes(
                startup(tells),
                tells ? probes.liveness() : Optional.of(probe),
                tells ? Optional.of(probe) : probes.readiness(),
                HealthCheck.OFF);
    }

    /// The first asked; else, before a liveness probe, the same question for the start period.
    private Optional<Probe> startup(boolean tells) {
        var own = probes.startup().or(() -> check.startup().map(this::whole));
        var period = check.startPeriod().filter(Duration::isPositive);
        if (own.isPresent() || tells || period.isEmpty()) {
            return own;
        }
        var probe = whole(check.probe());
        var interval = probe.period().toSeconds();
        long tries = (period.get().toSeconds() + interval - 1) / interval;
        return Optional.of(
                new Probe(
                        probe.handler(),
                        Duration.ZERO,
                        probe.timeout(),
                        probe.period(),
                        1,
                        (int) Math.min(Integer.MAX_VALUE, tries + probe.failureThreshold()),
                        Optional.empty()));
    }

    /// In whole seconds, one at the least.
    private Probe whole(Probe probe) {
        return new Probe(
                probe.handler(),
                probe.initialDelay(),
                whole(probe.timeout(), "timeout"),
                whole(probe.period(), "interval"),
                probe.successThreshold(),
                probe.failureThreshold(),
                probe.terminationGracePeriod());
    }

    private Duration whole(Duration time, String what) {
        var whole = Duration.ofSeconds(Math.max(1, time.plusNanos(999_999_999).toSeconds()));
        if (!whole.equals(time)) {
            losses.note(owner, what + " of its health check: whole seconds only");
        }
        return whole;
    }
}

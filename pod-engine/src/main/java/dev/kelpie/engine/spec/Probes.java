package dev.kelpie.engine.spec;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What is asked of a container while it runs.
///
/// @param startup until it has passed neither of the others is asked
/// @param liveness kills the container when it fails
/// @param readiness decides whether the container counts as ready
/// @param health Podman's and Docker's HEALTHCHECK, which Kubernetes does not know
public record Probes(
        Optional<Probe> startup,
        Optional<Probe> liveness,
        Optional<Probe> readiness,
        HealthCheck health) {

    /// Nothing is asked.
    public static final Probes NONE = ofHealth(HealthCheck.OFF);

    public Probes {
        health = Objects.requireNonNullElse(health, HealthCheck.OFF);
    }

    /// Only a health check, as a container outside Kubernetes has it.
    public static Probes ofHealth(HealthCheck health) {
        return new Probes(Optional.empty(), Optional.empty(), Optional.empty(), health);
    }

    /// The same with another health check.
    public Probes withHealth(HealthCheck other) {
        return new Probes(startup, liveness, readiness, other);
    }

    /// Whether there is nothing to ask; a health check that the image may bring counts as one.
    public boolean none() {
        return kubernetes().isEmpty() && health.off();
    }

    /// Those that Kubernetes knows.
    public List<Probe> kubernetes() {
        return Stream.of(startup, liveness, readiness).flatMap(Optional::stream).toList();
    }
}

package dev.kelpie.engine.spec;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What happens to a pod as a whole.
///
/// @param restartPolicy what its containers were given; kept for display
/// @param terminationGracePeriod the time its containers get between SIGTERM and SIGKILL
/// @param stopWithLastContainer stop the infra container once every other has ended for good (exit
///   policy `stop` of played pods; created ones `continue`)
/// @param activeDeadline how long it may run before it is ended as failed
/// @param readinessGates conditions of others without which it is not ready
/// @param demands what the pod as a whole asks of the machine
public record PodPolicy(
        RestartPolicy restartPolicy,
        Duration terminationGracePeriod,
        boolean stopWithLastContainer,
        Optional<Duration> activeDeadline,
        List<String> readinessGates,
        PodDemands demands) {

    public PodPolicy {
        demands = Objects.requireNonNullElse(demands, PodDemands.NONE);
        readinessGates = List.copyOf(Objects.requireNonNullElse(readinessGates, List.of()));
    }

    /// One that asks for nothing.
    public PodPolicy(
            RestartPolicy restartPolicy,
            Duration terminationGracePeriod,
            boolean stopWithLastContainer,
            Optional<Duration> activeDeadline,
            List<String> readinessGates) {
        this(
                restartPolicy,
                terminationGracePeriod,
                stopWithLastContainer,
                activeDeadline,
                readinessGates,
                PodDemands.NONE);
    }

    /// The same with other demands.
    public PodPolicy withDemands(PodDemands others) {
        return new PodPolicy(
                restartPolicy,
                terminationGracePeriod,
                stopWithLastContainer,
                activeDeadline,
                readinessGates,
                others);
    }

    /// One without deadline and gates.
    public PodPolicy(
            RestartPolicy restartPolicy,
            Duration terminationGracePeriod,
            boolean stopWithLastContainer) {
        this(
                restartPolicy,
                terminationGracePeriod,
                stopWithLastContainer,
                Optional.empty(),
                List.of());
    }
}

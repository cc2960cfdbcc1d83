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
/// @param schedulingGates names of those who hold it back; while there are any it is not started
/// @param serviceLinks whether its containers are told of Services by variables; empty: nobody said
public record PodPolicy(
        RestartPolicy restartPolicy,
        Duration terminationGracePeriod,
        boolean stopWithLastContainer,
        Optional<Duration> activeDeadline,
        List<String> readinessGates,
        PodDemands demands,
        List<String> schedulingGates,
        Optional<Boolean> serviceLinks) {

    public PodPolicy {
        // rows that an earlier version wrote have none
        demands = Objects.requireNonNullElse(demands, PodDemands.NONE);
        readinessGates = List.copyOf(Objects.requireNonNullElse(readinessGates, List.of()));
        schedulingGates = List.copyOf(Objects.requireNonNullElse(schedulingGates, List.of()));
        serviceLinks = Objects.requireNonNullElse(serviceLinks, Optional.empty());
    }

    /// One that nothing holds back.
    public PodPolicy(
            RestartPolicy restartPolicy,
            Duration terminationGracePeriod,
            boolean stopWithLastContainer,
            Optional<Duration> activeDeadline,
            List<String> readinessGates,
            PodDemands demands) {
        this(
                restartPolicy,
                terminationGracePeriod,
                stopWithLastContainer,
                activeDeadline,
                readinessGates,
                demands,
                List.of(),
                Optional.empty());
    }

    /// One without deadline, gates and demands.
    public PodPolicy(
            RestartPolicy restartPolicy,
            Duration terminationGracePeriod,
            boolean stopWithLastContainer) {
        this(
                restartPolicy,
                terminationGracePeriod,
                stopWithLastContainer,
                Optional.empty(),
                List.of(),
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
                others,
                schedulingGates,
                serviceLinks);
    }

    /// The same that may run so long.
    public PodPolicy withActiveDeadline(Duration longest) {
        return new PodPolicy(
                restartPolicy,
                terminationGracePeriod,
                stopWithLastContainer,
                Optional.of(longest),
                readinessGates,
                demands,
                schedulingGates,
                serviceLinks);
    }

    /// The same held back by these.
    public PodPolicy withSchedulingGates(List<String> gates) {
        return new PodPolicy(
                restartPolicy,
                terminationGracePeriod,
                stopWithLastContainer,
                activeDeadline,
                readinessGates,
                demands,
                gates,
                serviceLinks);
    }

    /// Whether somebody holds it back.
    public boolean gated() {
        return !schedulingGates.isEmpty();
    }
}

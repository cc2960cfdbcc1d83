package dev.kelpie.engine.spec;

import java.time.Duration;

/// What happens to a pod as a whole.
///
/// @param restartPolicy what its containers were given; kept for display
/// @param terminationGracePeriod the time its containers get between SIGTERM and SIGKILL
/// @param stopWithLastContainer stop the infra container once every other has ended for good (exit
///   policy `stop` of played pods; created ones `continue`)
public record PodPolicy(
        RestartPolicy restartPolicy,
        Duration terminationGracePeriod,
        boolean stopWithLastContainer) {}

package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.PodDemands.Rank;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.QosClass;
import dev.kelpie.runtime.cgroup.ResourceLimits;
import java.util.Optional;

/// What a container of a pod may use, and how it ranks when memory is out or time is short.
final class Ranks {

    /// The kernel's least weight, for who asked for no time at all.
    private static final long LEAST_SHARES = 2;

    private Ranks() {}

    static ResourceLimits limits(PodSpec pod, ContainerSpec container) {
        var limits = Cgroups.limits(container.resources());
        return pod.policy().demands().rank() != Rank.NONE && limits.cpuShares().isEmpty()
                ? limits.withCpuShares(LEAST_SHARES)
                : limits;
    }

    static Optional<Integer> oomScoreAdj(PodSpec pod, ContainerSpec container) {
        var request = container.resources().requests().memory().orElse(0);
        var memory = PodFacts.memory().orElse(0);
        return switch (pod.policy().demands().rank()) {
            case NONE -> Optional.empty();
            case REQUESTS -> Optional.of(QosClass.of(pod).oomScoreAdj(request, memory));
            case CRITICAL -> Optional.of(QosClass.GUARANTEED.oomScoreAdj(request, memory));
        };
    }
}

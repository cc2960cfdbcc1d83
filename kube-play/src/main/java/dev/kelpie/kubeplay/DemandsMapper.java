package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.PodDemands;
import dev.kelpie.engine.spec.PodDemands.Rank;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.Set;

/// What a pod as a whole asks of the machine.
final class DemandsMapper {

    private static final Set<String> CRITICAL =
            Set.of("system-node-critical", "system-cluster-critical");

    /// The least priority of what a cluster cannot do without.
    private static final long CRITICAL_PRIORITY = 2_000_000_000;

    private DemandsMapper() {}

    static PodDemands demands(Mapping podSpec) {
        var together = ResourceMapper.ofPod(podSpec);
        return new PodDemands(
                podSpec.mappings("imagePullSecrets").stream()
                        .flatMap(secret -> secret.word("name").stream())
                        .toList(),
                podSpec.word("runtimeClassName"),
                together.requests(),
                together.limits(),
                rank(podSpec));
    }

    private static Rank rank(Mapping podSpec) {
        var critical =
                CRITICAL.contains(podSpec.text("priorityClassName").orElse(""))
                        || podSpec.number("priority").orElse(0) >= CRITICAL_PRIORITY;
        return critical ? Rank.CRITICAL : Rank.REQUESTS;
    }
}

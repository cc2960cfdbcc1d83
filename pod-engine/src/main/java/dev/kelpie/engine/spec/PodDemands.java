package dev.kelpie.engine.spec;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What a pod as a whole asks of the machine.
///
/// @param imagePullSecrets names of secrets that open registries
/// @param runtime the OCI runtime for its containers; empty: the engine's
/// @param requests for all containers together, `Amounts.NONE` when nothing was said
/// @param limits of all containers together, with the pod's overhead
/// @param rank who goes first when memory is out, and waits when time is short
public record PodDemands(
        List<String> imagePullSecrets,
        Optional<String> runtime,
        Resources.Amounts requests,
        Resources.Amounts limits,
        Rank rank) {

    public static final PodDemands NONE =
            new PodDemands(
                    List.of(),
                    Optional.empty(),
                    Resources.Amounts.NONE,
                    Resources.Amounts.NONE,
                    Rank.NONE);

    public PodDemands {
        // rows that an earlier version wrote have none of these
        imagePullSecrets = List.copyOf(Objects.requireNonNullElse(imagePullSecrets, List.of()));
        requests = Objects.requireNonNullElse(requests, Resources.Amounts.NONE);
        limits = Objects.requireNonNullElse(limits, Resources.Amounts.NONE);
        rank = Objects.requireNonNullElse(rank, Rank.NONE);
    }

    /// By what the containers of a pod are ranked.
    public enum Rank {
        /// Nothing: as any process of the machine.
        NONE,
        /// What they ask for, as the kubelet does: who asks for nothing goes first.
        REQUESTS,
        /// The pod is one the machine cannot do without (priority `system-node-critical`).
        CRITICAL
    }
}

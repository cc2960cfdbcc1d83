package dev.kelpie.engine.spec;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What happens to a container while it runs, when it ends or is told to.
///
/// An init container with [RestartPolicy#ALWAYS] is a sidecar: it runs beside the others.
///
/// @param maxRetries how often [RestartPolicy#ON_FAILURE] tries, 0 for no end
/// @param stopSignal a name (`SIGTERM`) or number; absent: the image's, else SIGTERM
/// @param stopTimeout from the stop signal to SIGKILL
/// @param restartRules the first that holds for an exit code overrides the restart policy
public record ContainerPolicy(
        RestartPolicy restartPolicy,
        int maxRetries,
        Optional<String> stopSignal,
        Duration stopTimeout,
        List<RestartRule> restartRules,
        Probes probes,
        Lifecycle lifecycle,
        Upkeep upkeep) {

    public ContainerPolicy {
        if (maxRetries < 0 || stopTimeout.isNegative()) {
            throw new IllegalArgumentException("retries and stop timeout must not be negative");
        }
        // rows that an earlier version wrote have none of these
        restartRules = List.copyOf(Objects.requireNonNullElse(restartRules, List.of()));
        probes = Objects.requireNonNullElse(probes, Probes.NONE);
        lifecycle = Objects.requireNonNullElse(lifecycle, Lifecycle.NONE);
        upkeep = Objects.requireNonNullElse(upkeep, Upkeep.USUAL);
    }

    /// One without rules, probes and hooks, kept as usual.
    public ContainerPolicy(
            RestartPolicy restartPolicy,
            int maxRetries,
            Optional<String> stopSignal,
            Duration stopTimeout,
            boolean autoRemove) {
        this(
                restartPolicy,
                maxRetries,
                stopSignal,
                stopTimeout,
                List.of(),
                Probes.NONE,
                Lifecycle.NONE,
                Upkeep.USUAL.withAutoRemove(autoRemove));
    }

    /// Whether it is removed once it has ended (`run --rm`).
    public boolean autoRemove() {
        return upkeep.autoRemove();
    }

    /// The same with another restart policy.
    public ContainerPolicy withRestart(RestartPolicy other, int retries) {
        return new ContainerPolicy(
                other, retries, stopSignal, stopTimeout, restartRules, probes, lifecycle, upkeep);
    }

    /// The same with other questions.
    public ContainerPolicy withProbes(Probes others) {
        return with(restartRules, others, lifecycle, upkeep);
    }

    /// The same with other hooks.
    public ContainerPolicy withLifecycle(Lifecycle other) {
        return with(restartRules, probes, other, upkeep);
    }

    /// The same with other rules.
    public ContainerPolicy withRestartRules(List<RestartRule> others) {
        return with(others, probes, lifecycle, upkeep);
    }

    /// The same, kept otherwise.
    public ContainerPolicy withUpkeep(Upkeep other) {
        return with(restartRules, probes, lifecycle, other);
    }

    private ContainerPolicy with(
            List<RestartRule> rules, Probes questions, Lifecycle hooks, Upkeep kept) {
        return new ContainerPolicy(
                restartPolicy, maxRetries, stopSignal, stopTimeout, rules, questions, hooks, kept);
    }
}

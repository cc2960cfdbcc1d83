package dev.kelpie.engine;

import dev.kelpie.engine.report.ContainerEnd;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.Phase;
import dev.kelpie.engine.state.PodRow;

/// What policies say of ended containers.
final class Restarting {

    private Restarting() {}

    /// Whether an ended container is started again by itself. Init containers that run to their end
    /// are not: the pod's start goes through them, see [Initialization].
    static boolean isDue(PodRow pod, ContainerRow row) {
        var life = row.life();
        if (!life.wanted()
                || life.stoppedByUser()
                || pod.phase() != Phase.MADE
                || row.phase() != Phase.MADE) {
            return false;
        }
        return switch (row.kind()) {
            case INFRA -> pod.running();
            case INIT -> row.sidecar() && pod.running();
            case APP -> again(row);
            case EPHEMERAL -> false;
        };
    }

    /// Whether one of a pod that is made just now is started again before all of the pod is there.
    static boolean isDueAmidStart(PodRow pod, ContainerRow row) {
        return pod.phase() == Phase.MAKING
                && row.phase() == Phase.MAKING
                && row.life().lastEnd().isPresent()
                && (row.kind() == ContainerKind.APP || row.sidecar())
                && again(row);
    }

    /// What its rules and its policy say of the way it ended.
    static boolean again(ContainerRow row) {
        var policy = row.spec().policy();
        var code = row.life().lastEnd().map(ContainerEnd::exitCode).orElse(0);
        if (policy.restartRules().stream().anyMatch(rule -> rule.holdsFor(code))) {
            return true;
        }
        return switch (policy.restartPolicy()) {
            case ALWAYS, UNLESS_STOPPED -> true;
            case NEVER -> false;
            case ON_FAILURE ->
                    code != 0
                            && (policy.maxRetries() == 0
                                    || row.life().restarts() < policy.maxRetries());
        };
    }

    /// Whether an init container that failed is tried again.
    static boolean initAgain(ContainerRow row) {
        return row.kind() == ContainerKind.INIT && again(row);
    }
}

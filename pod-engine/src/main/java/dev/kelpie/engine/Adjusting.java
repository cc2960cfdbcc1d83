package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.sandbox.ContainerConfigs;
import dev.kelpie.engine.sandbox.Observation;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.state.ContainerRow;
import java.util.function.UnaryOperator;

/// Gives a container other limits and another policy: now if it runs, and at each later start.
final class Adjusting {
    private Adjusting() {}

    static void adjust(Core core, ContainerRow asked, UnaryOperator<ContainerSpec> change)
            throws InterruptedException {
        if (asked.kind() == ContainerKind.INFRA) {
            throw new InvalidRequestException(
                    "container '" + asked.name() + "' is its pod's: it cannot be updated");
        }
        try (var _ = core.locks.take(asked.pod())) {
            var before = core.store.now().container(asked.id()).orElse(asked);
            var after = before.withSpec(change.apply(before.spec()));
            core.steps.at("adjust");
            enter(core, after);
            boolean done = false;
            try {
                if (core.observer.observe(after.id()) instanceof Observation.Running
                        && !after.spec().resources().equals(before.spec().resources())) {
                    var pod = core.store.now().pod(after.pod()).orElseThrow();
                    core.runtime(after)
                            .update(
                                    after.id(),
                                    ContainerConfigs.limits(pod, after),
                                    ContainerConfigs.words(after));
                }
                done = true;
            } finally {
                if (!done) {
                    enter(core, before);
                }
            }
        }
    }

    /// Outside a pod the container is all that its pod's spec tells of.
    private static void enter(Core core, ContainerRow row) {
        core.store.change(change -> {
            change.editContainer(row.id(), now -> now.withSpec(row.spec()));
            change.editPod(
                    row.pod(),
                    pod ->
                            pod.solo()
                                    ? pod.withSpec(pod.spec().withContainers(_ -> row.spec()))
                                    : pod);
        });
    }
}

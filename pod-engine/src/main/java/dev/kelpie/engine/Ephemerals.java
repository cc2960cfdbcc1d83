package dev.kelpie.engine;

import dev.kelpie.engine.fault.ContainerStateException;
import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.EngineEvent;
import dev.kelpie.engine.sandbox.Observation;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import java.util.function.Consumer;

/// Makes containers that look into pods that run.
final class Ephemerals {

    private final Core core;

    Ephemerals(Core core) {
        this.core = core;
    }

    /// @param target name or id of the container whose processes it shall see; empty: none's
    String create(
            PodRow pod,
            NewMember member,
            String target,
            PlayOptions options,
            Consumer<EngineEvent> progress)
            throws InterruptedException {
        if (!core.sandboxes.isAlive(pod.id())) {
            throw new ContainerStateException(
                    "pod '" + pod.name() + "' does not run: container state improper");
        }
        var wanted = member.in(pod.id());
        return new Members(core)
                .add(
                        pod,
                        target.isEmpty() ? wanted : wanted.seeing(target(pod, target).id()),
                        ContainerKind.EPHEMERAL,
                        options,
                        progress);
    }

    private ContainerRow target(PodRow pod, String name) {
        var row =
                core.store.now().members(pod.id()).stream()
                        .filter(each -> isCalled(each, name))
                        .findFirst()
                        .orElseThrow(() ->
                                new InvalidRequestException(
                                        "pod '"
                                                + pod.name()
                                                + "' has no container '"
                                                + name
                                                + "'"));
        if (core.observer.observe(row.id()) instanceof Observation.Running) {
            return row;
        }
        throw new ContainerStateException(
                "container " + row.name() + " does not run: container state improper");
    }

    private static boolean isCalled(ContainerRow row, String name) {
        return row.name().equals(name)
                || row.spec().shortName().equals(name)
                || row.id().equals(name);
    }
}

package dev.kelpie.engine;

import dev.kelpie.engine.report.ContainerEnd;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.Standing;
import dev.kelpie.engine.report.Waiting;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import java.util.Optional;

/// What the supervisor knows of containers beyond their processes, in the kubelet's words.
final class Standings {

    private final Core core;

    Standings(Core core) {
        this.core = core;
    }

    Standing living(ContainerRow row, boolean running) {
        var probes = row.spec().policy().probes();
        if (probes.none()) {
            return new Standing(
                    row.life().stoppedByUser(),
                    running,
                    running,
                    Optional.empty(),
                    Optional.empty(),
                    row.life().runs());
        }
        var book = core.books.find(row.id());
        return new Standing(
                row.life().stoppedByUser(),
                running && book.started(probes),
                running && book.ready(probes),
                running ? Optional.of(book.health(probes)) : Optional.empty(),
                Optional.empty(),
                row.life().runs());
    }

    Standing resting(ContainerRow row) {
        return new Standing(
                row.life().stoppedByUser(),
                false,
                false,
                Optional.empty(),
                core.store.now().pod(row.pod()).flatMap(pod -> waiting(pod, row)),
                row.life().runs());
    }

    private Optional<Waiting> waiting(PodRow pod, ContainerRow row) {
        var asked = row.life().wanted() || (row.kind() == ContainerKind.INIT && pod.running());
        if (!pod.running() || !asked || row.life().stoppedByUser()) {
            return Optional.empty();
        }
        if (row.awaitsImage()) {
            return Optional.of(AwaitedImages.waiting(row));
        }
        var next = Initialization.next(core, pod.id());
        if (row.kind() == ContainerKind.INIT) {
            return init(pod, row, next.filter(it -> it.id().equals(row.id())).isPresent());
        }
        if (next.isPresent()) {
            return Optional.of(new Waiting("PodInitializing", ""));
        }
        if (row.life().lastEnd().isEmpty()) {
            return Optional.of(new Waiting("ContainerCreating", ""));
        }
        return Restarting.isDue(pod, row) ? Optional.of(backOff(pod, row)) : Optional.empty();
    }

    private Optional<Waiting> init(PodRow pod, ContainerRow row, boolean isNext) {
        if (Initialization.through(core, row)) {
            return row.sidecar() && Restarting.isDue(pod, row)
                    ? Optional.of(backOff(pod, row))
                    : Optional.empty();
        }
        if (!isNext || !Initialization.tried(core, row)) {
            return Optional.of(new Waiting("PodInitializing", ""));
        }
        return Restarting.initAgain(row) ? Optional.of(backOff(pod, row)) : Optional.empty();
    }

    private static Waiting backOff(PodRow pod, ContainerRow row) {
        var end = row.life().lastEnd();
        var error = end.map(ContainerEnd::error).orElse("");
        if (!error.isEmpty()) {
            var reason = end.map(ContainerEnd::reason).orElse("");
            return new Waiting(reason.equals("StartError") ? "RunContainerError" : reason, error);
        }
        return new Waiting(
                "CrashLoopBackOff",
                "back-off %ds restarting failed container=%s pod=%s"
                        .formatted(
                                BackOff.delay(row.life()).toSeconds(),
                                row.spec().shortName(),
                                pod.name()));
    }
}

package dev.kelpie.engine;

import dev.kelpie.engine.fault.ContainerStateException;
import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.report.ContainerEnd;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.sandbox.Observation;
import dev.kelpie.engine.state.Change;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.ExitRow;
import dev.kelpie.engine.state.Phase;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.VolumeRow;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Removes pods and containers: the wish first, then what they have on the host, the rows last. May
/// be begun again at any point and always converges.
final class Remover {

    private final Core core;
    private final Runner runner;
    private final Stopper stopper;

    Remover(Core core, Runner runner, Stopper stopper) {
        this.core = core;
        this.runner = runner;
        this.stopper = stopper;
    }

    /// Writes down that these pods are to go.
    void wish(Collection<String> pods) {
        core.steps.at("remove.intent");
        core.store.change(change -> pods.forEach(id -> retire(change, id)));
        core.services.look();
    }

    private static void retire(Change change, String id) {
        change.editPod(id, pod -> pod.withRunning(false).withPhase(Phase.REMOVING, ""));
        for (var row : change.now().members(id)) {
            change.put(row.withPhase(Phase.REMOVING).withLife(row.life().asked(false)));
        }
    }

    /// Stops and removes pods whose wish is written; with `volumes` their anonymous volumes too.
    void remove(List<PodRow> pods, Optional<java.time.Duration> grace, boolean volumes)
            throws InterruptedException {
        stopper.down(pods, grace);
        core.steps.at("remove.stopped");
        InParallel.each(pods, pod -> deleteAll(pod, volumes));
    }

    private void deleteAll(PodRow pod, boolean volumes) throws InterruptedException {
        try (var _ = core.locks.takeToEnd(pod.id())) {
            var members = core.store.now().members(pod.id());
            for (var row : members) {
                runner.clean(row);
                deleteFiles(row, volumes);
            }
            // Whoever was starting it when the wish was written may have made it anew.
            stopper.tearDown(List.of(pod.id()));
            core.steps.at("remove.cgroup");
            core.parts.kernel().removeGroup(core.cgroups.pod(pod.id()));
            deleteTree(core.files.pod(pod.id()));
            core.steps.at("remove.rows");
            core.store.change(change -> {
                change.now().members(pod.id()).forEach(row -> keepExit(change, row));
                members.forEach(row -> forgetVolumes(change, row, volumes));
                change.removePod(pod.id());
            });
            forgetCopies(pod);
        }
    }

    private void forgetCopies(PodRow pod) {
        if (pod.ids().isEmpty()) {
            return;
        }
        try {
            core.mounts.forgetCopies();
        } catch (IOException e) {
            throw new EngineIoException("cannot delete copies of images", e);
        }
    }

    private void deleteFiles(ContainerRow row, boolean volumes) {
        core.steps.at("remove.files");
        deleteTree(core.files.container(row.id()));
        if (volumes) {
            row.image().volumes().values().forEach(name -> deleteTree(core.files.volume(name)));
        }
    }

    private static void forgetVolumes(Change change, ContainerRow row, boolean volumes) {
        if (volumes) {
            row.image().volumes().values().forEach(change::removeVolume);
        }
    }

    /// Who waits for a container that is removed still wants its exit code.
    private void keepExit(Change change, ContainerRow row) {
        if (row.kind() == ContainerKind.INFRA) {
            return;
        }
        row.life()
                .lastEnd()
                .map(ContainerEnd::exitCode)
                .ifPresent(code ->
                        change.put(new ExitRow(row.id(), row.name(), code, core.clock.instant())));
        var old = core.clock.instant().minus(Waits.EXITS_KEPT);
        change.now().exits().values().stream()
                .filter(exit -> exit.finished().isBefore(old))
                .toList()
                .forEach(exit -> change.removeExit(exit.container()));
    }

    /// Removes one container of a pod that stays.
    void removeMember(ContainerRow row, RemoveOptions options) throws InterruptedException {
        core.steps.at("remove.intent");
        core.store.change(change ->
                change.editContainer(
                        row.id(),
                        now -> now.withPhase(Phase.REMOVING).withLife(now.life().asked(false))));
        stopper.stop(row.pod(), List.of(row), options.grace());
        try (var _ = core.locks.takeToEnd(row.pod())) {
            runner.clean(row);
            deleteFiles(row, options.volumes());
            core.steps.at("remove.rows");
            core.store.change(change -> {
                change.now().container(row.id()).ifPresent(now -> keepExit(change, now));
                forgetVolumes(change, row, options.volumes());
                change.removeContainer(row.id());
            });
        }
    }

    /// Throws unless the container may be removed as it is: not running, or with force.
    void requireRemovable(ContainerRow row, boolean force) {
        if (row.kind() == ContainerKind.INFRA) {
            throw new ContainerStateException(
                    "container "
                            + row.id()
                            + " is the infra container of pod "
                            + row.pod()
                            + " and cannot be removed without removing the pod");
        }
        var observed = core.observer.observe(row.id());
        if (!force && (observed instanceof Observation.Running)) {
            throw new ContainerStateException(
                    "cannot remove container "
                            + row.id()
                            + " as it is running - running or paused containers cannot be removed without force: container state improper");
        }
    }

    /// Removes a volume that no container mounts.
    void removeVolume(VolumeRow volume) {
        core.steps.at("volume.remove");
        core.mounts.volumeMounts().end(volume.name());
        deleteTree(core.files.volume(volume.name()));
        core.store.change(change -> change.removeVolume(volume.name()));
    }

    private void deleteTree(java.nio.file.Path directory) {
        try {
            core.parts.kernel().removeTree(directory);
        } catch (IOException e) {
            throw new EngineIoException("cannot delete '" + directory + "'", e);
        }
    }
}

package dev.kelpie.engine;

import dev.kelpie.engine.event.StateEvents;
import dev.kelpie.engine.fault.ContainerStateException;
import dev.kelpie.engine.process.ContainerProcess;
import dev.kelpie.engine.process.ProcessTable;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.ContainerUsage;
import dev.kelpie.engine.report.ContainerUsage.Memory;
import dev.kelpie.engine.report.ContainerUsage.Traffic;
import dev.kelpie.engine.report.FileChange;
import dev.kelpie.engine.report.Outcome;
import dev.kelpie.engine.sandbox.Observation;
import dev.kelpie.engine.sandbox.RunFacts;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.runtime.cgroup.Cgroups.Usage;
import dev.kelpie.runtime.kernel.ProcessReading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What containers do and use right now, and letting them pause. Everything is read from the kernel
/// at the moment of asking.
public final class Measures {

    private static final Usage UNCOUNTED =
            new Usage(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    private final Core core;
    private final Views views;

    Measures(Core core, Views views) {
        this.core = core;
        this.views = views;
    }

    /// The processes of a running container; throws `ContainerStateException` for another.
    public List<ContainerProcess> processes(String container) {
        var row = views.lookup().container(container);
        var facts =
                running(row).orElseThrow(() -> improper(row, "top can only be used on running"));
        var grouped = core.parts.kernel().processes(core.cgroups.container(row));
        return ProcessTable.of(
                grouped.isEmpty() ? ProcessTable.under(facts.init().pid()) : grouped,
                core.files.rootfs(row.id()),
                core.clock.instant());
    }

    /// What a container uses; empty when it does not run.
    public Optional<ContainerUsage> usage(String container) {
        var row = views.lookup().container(container);
        return running(row).map(facts -> usage(row, facts));
    }

    private ContainerUsage usage(ContainerRow row, RunFacts facts) {
        var counted = core.parts.kernel().usage(core.cgroups.container(row)).orElse(UNCOUNTED);
        var traffic = ProcessReading.traffic(facts.init().pid());
        return new ContainerUsage(
                row.id(),
                row.name(),
                facts.started()
                        .map(start -> Duration.between(start, core.clock.instant()))
                        .orElse(Duration.ZERO),
                counted.cpuNanos().orElse(0L),
                new Memory(
                        counted.memoryBytes().orElse(0L),
                        counted.memoryLimit().orElseGet(ProcessReading::hostMemory)),
                new Traffic(traffic[0], traffic[1]),
                new Traffic(counted.readBytes().orElse(0L), counted.writtenBytes().orElse(0L)),
                counted.pids().orElse(0L));
    }

    /// What a container has changed of its image's files, sorted by path.
    public List<FileChange> changes(String container) {
        var row = views.lookup().container(container);
        var mounts = views.container(row).connections().mounts();
        return FileChanges.of(core, row, mounts);
    }

    private Optional<RunFacts> running(ContainerRow row) {
        return core.observer.observe(row.id()) instanceof Observation.Running(var facts)
                ? Optional.of(facts)
                : Optional.empty();
    }

    private ContainerStateException improper(ContainerRow row, String what) {
        return new ContainerStateException(
                what
                        + " containers; "
                        + row.name()
                        + " is in state "
                        + views.state(row).status().word()
                        + ": container state improper");
    }

    /// Stops all processes of these containers from running until they are let go on.
    public List<Outcome> pause(List<String> containers) throws InterruptedException {
        return Bulk.each(
                containers,
                false,
                views.lookup()::container,
                ContainerRow::id,
                row -> freeze(row, true));
    }

    /// Lets paused containers go on.
    public List<Outcome> unpause(List<String> containers) throws InterruptedException {
        return Bulk.each(
                containers,
                false,
                views.lookup()::container,
                ContainerRow::id,
                row -> freeze(row, false));
    }

    /// Pauses all running containers of these pods but the infra containers.
    public List<Outcome> pausePods(List<String> pods) throws InterruptedException {
        return Bulk.each(pods, false, views.lookup()::pod, PodRow::id, pod -> freezeAll(pod, true));
    }

    public List<Outcome> unpausePods(List<String> pods) throws InterruptedException {
        return Bulk.each(
                pods, false, views.lookup()::pod, PodRow::id, pod -> freezeAll(pod, false));
    }

    private void freezeAll(PodRow pod, boolean frozen) throws InterruptedException {
        for (var row : core.store.now().members(pod.id())) {
            if (row.kind() != ContainerKind.INFRA && fits(row, frozen)) {
                freeze(row, frozen);
            }
        }
        var action = frozen ? "pause" : "unpause";
        core.journal.note(StateEvents.of(pod, action, core.clock.instant()));
    }

    private boolean fits(ContainerRow row, boolean frozen) {
        return running(row).isPresent()
                && core.parts.kernel().isFrozen(core.cgroups.container(row)) != frozen;
    }

    /// Pauses a container that runs; whether that was needed.
    ///
    /// @param first told before it is
    boolean pauseIfRunning(String container, Consumer<ContainerRow> first)
            throws InterruptedException {
        return freezeIfFit(views.lookup().container(container), true, first);
    }

    /// Lets it go on, unless somebody has done so or it has ended.
    void unpauseIfPaused(String container) throws InterruptedException {
        freezeIfFit(views.lookup().container(container), false, _ -> {});
    }

    private boolean freezeIfFit(ContainerRow row, boolean frozen, Consumer<ContainerRow> first)
            throws InterruptedException {
        try (var _ = core.locks.take(row.pod())) {
            if (fits(row, frozen)) {
                first.accept(row);
                core.parts.kernel().freeze(core.cgroups.container(row), frozen);
                core.note(row, frozen ? "pause" : "unpause");
                return true;
            }
            return false;
        }
    }

    private void freeze(ContainerRow row, boolean frozen) throws InterruptedException {
        try (var _ = core.locks.take(row.pod())) {
            if (!fits(row, frozen)) {
                throw improper(row, frozen ? "can only pause running" : "can only unpause paused");
            }
            core.parts.kernel().freeze(core.cgroups.container(row), frozen);
            core.note(row, frozen ? "pause" : "unpause");
        }
    }
}

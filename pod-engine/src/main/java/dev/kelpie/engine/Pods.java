package dev.kelpie.engine;

import dev.kelpie.engine.fault.ContainerStateException;
import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.EngineEvent;
import dev.kelpie.engine.report.Outcome;
import dev.kelpie.engine.report.PodSummary;
import dev.kelpie.engine.sandbox.Observation;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.kernel.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The pods of an engine. A pod is named by its name, its id or the beginning of its id; several at
/// once are worked on side by side, and what fails for one is in its `Outcome`.
public final class Pods {

    private final Core core;
    private final Supervisor supervisor;
    private final Plays plays;
    private final Views views;

    Pods(Core core, Supervisor supervisor, Plays plays, Views views) {
        this.core = core;
        this.supervisor = supervisor;
        this.plays = plays;
        this.views = views;
    }

    /// Makes a pod and starts nothing; its id. An empty one is filled with `Containers.createIn`.
    public String create(PodSpec spec, PlayOptions options, Consumer<EngineEvent> progress)
            throws InterruptedException {
        return plays.play(List.of(spec), options.withStart(false), progress).pods().getFirst().id();
    }

    /// Starts a process in a systemd unit's control group that stands for these pods: it ends with
    /// the last of them. Its process id.
    ///
    /// @param pods by their ids
    public int standFor(List<String> pods, ExitCodes codes, String group)
            throws InterruptedException {
        return core.mainstays.start(pods, codes, group);
    }

    /// Starts the pods' containers that do not run.
    public List<Outcome> start(List<String> pods) throws InterruptedException {
        return Bulk.each(pods, false, views.lookup()::pod, PodRow::id, this::start);
    }

    private void start(PodRow pod) throws InterruptedException {
        supervisor.cancel(core.store.now().members(pod.id()));
        var fresh = !core.sandboxes.isAlive(pod.id());
        try (var _ = core.locks.take(pod.id())) {
            core.steps.at("start.intent");
            core.store.change(change -> {
                Starter.requireStays(change.now(), pod);
                Plays.wantAll(change, pod.id());
            });
            supervisor.starter().up(List.of(Starter.whole(core, pod)));
        } catch (PodException | HostException e) {
            if (fresh) {
                giveUp(pod);
            }
            throw e;
        }
        supervisor.started(List.of(pod.id()));
    }

    private void giveUp(PodRow pod) throws InterruptedException {
        supervisor.stopper().wish(List.of(pod.id()));
        supervisor.stopper().down(List.of(pod), Optional.of(Duration.ZERO));
    }

    public List<Outcome> stop(List<String> pods, StopOptions options) throws InterruptedException {
        return Bulk.each(
                pods,
                options.ignoreMissing(),
                views.lookup()::pod,
                PodRow::id,
                pod -> stop(pod, options));
    }

    private void stop(PodRow pod, StopOptions options) throws InterruptedException {
        supervisor.cancel(core.store.now().members(pod.id()));
        supervisor.stopper().wish(List.of(pod.id()));
        supervisor.stopper().down(List.of(pod), options.grace());
        supervisor.settle(pod.id());
    }

    public List<Outcome> restart(List<String> pods, StopOptions options)
            throws InterruptedException {
        return Bulk.each(
                pods,
                options.ignoreMissing(),
                views.lookup()::pod,
                PodRow::id,
                pod -> {
                    stop(pod, options);
                    start(pod);
                });
    }

    /// Sends a signal (`SIGHUP`, `HUP`, `1`) to every container but the infra container.
    public List<Outcome> kill(List<String> pods, String signal) throws InterruptedException {
        var number =
                Signal.parse(signal)
                        .orElseThrow(
                                () -> new InvalidRequestException("unknown signal: " + signal));
        return Bulk.each(pods, false, views.lookup()::pod, PodRow::id, pod -> kill(pod, number));
    }

    private void kill(PodRow pod, int signal) {
        for (var row : core.store.now().members(pod.id())) {
            if (row.kind() != ContainerKind.INFRA
                    && core.observer.observe(row.id()) instanceof Observation.Running(var facts)) {
                core.parts.kernel().signal(facts.init(), signal);
            }
        }
    }

    public List<Outcome> remove(List<String> pods, RemoveOptions options)
            throws InterruptedException {
        return Bulk.each(
                pods,
                options.force() || options.ignoreMissing(),
                views.lookup()::pod,
                PodRow::id,
                pod -> remove(pod, options));
    }

    private void remove(PodRow pod, RemoveOptions options) throws InterruptedException {
        var members = core.store.now().members(pod.id());
        for (var row : members) {
            if (!options.force()
                    && row.kind() != ContainerKind.INFRA
                    && core.observer.observe(row.id()) instanceof Observation.Running) {
                throw new ContainerStateException(
                        "cannot remove pod "
                                + pod.id()
                                + " as its container '"
                                + row.name()
                                + "' is running: not all containers could be removed without force");
            }
        }
        supervisor.cancel(members);
        supervisor.remover().wish(List.of(pod.id()));
        supervisor.remover().remove(List.of(pod), options.grace(), true);
    }

    /// Every pod, oldest first.
    public List<PodSummary> list() {
        return views.pods();
    }

    /// One pod; throws `PodNotFoundException` or `AmbiguousIdException`.
    public PodSummary find(String nameOrId) {
        return views.pod(views.lookup().pod(nameOrId));
    }

    public boolean exists(String nameOrId) {
        return views.lookup().findPod(nameOrId).isPresent();
    }
}

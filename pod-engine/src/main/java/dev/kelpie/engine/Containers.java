package dev.kelpie.engine;

import dev.kelpie.engine.copy.ContainerTree;
import dev.kelpie.engine.fault.ContainerStateException;
import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.report.ContainerInspection;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.ContainerStatus;
import dev.kelpie.engine.report.ContainerSummary;
import dev.kelpie.engine.report.EngineEvent;
import dev.kelpie.engine.report.Health;
import dev.kelpie.engine.report.Outcome;
import dev.kelpie.engine.sandbox.Observation;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.kernel.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// The containers of an engine, in pods and outside. A container is named by its name, its id or
/// the beginning of its id; several at once are worked on side by side, and what fails for one is
/// in its `Outcome`.
public final class Containers {

    private final Core core;
    private final Supervisor supervisor;
    private final Plays plays;
    private final Views views;

    Containers(Core core, Supervisor supervisor, Plays plays, Views views) {
        this.core = core;
        this.supervisor = supervisor;
        this.plays = plays;
        this.views = views;
    }

    ContainerRow row(String nameOrId) {
        return views.lookup().container(nameOrId);
    }

    /// Makes a container outside any pod (`PodSharing.SOLO`, exactly one container), starts
    /// nothing; its id.
    public String create(PodSpec solo, PlayOptions options, Consumer<EngineEvent> progress)
            throws InterruptedException {
        if (solo.sharing().infra()) {
            throw new InvalidRequestException(
                    "'" + solo.name() + "' is a pod, not a container by itself");
        }
        return plays.play(List.of(solo), options.withStart(false), progress)
                .pods()
                .getFirst()
                .containerIds()
                .getFirst();
    }

    /// Makes a container in a pod that is there, starts nothing; its id.
    public String createIn(NewMember member, PlayOptions options, Consumer<EngineEvent> progress)
            throws InterruptedException {
        var pod = views.lookup().pod(member.pod());
        return new Members(core)
                .add(pod, member.in(pod.id()), ContainerKind.APP, options, progress);
    }

    /// Makes an ephemeral container in a pod that runs, starts nothing; its id.
    ///
    /// @param target name or id of the container whose processes it shall see; empty: none's
    public String createEphemeral(
            NewMember member, String target, PlayOptions options, Consumer<EngineEvent> progress)
            throws InterruptedException {
        var pod = views.lookup().pod(member.pod());
        return new Ephemerals(core).create(pod, member, target, options, progress);
    }

    /// A name that nothing has yet, for a container whose user gave none.
    public String freeName() {
        return Ids.name(name -> core.store.now().containerNamed(name).isPresent());
    }

    /// Starts containers, each with its pod's infra container; a running one is left alone.
    public List<Outcome> start(List<String> containers) throws InterruptedException {
        return Bulk.each(
                containers,
                false,
                views.lookup()::container,
                ContainerRow::id,
                row -> start(row, _ -> {}));
    }

    /// Sets containers up so that only their commands are to be let go.
    public List<Outcome> init(List<String> containers) throws InterruptedException {
        return Bulk.each(
                containers,
                false,
                views.lookup()::container,
                ContainerRow::id,
                new SettingUp(core, supervisor)::setUp);
    }

    /// Starts one container; throws `StartFailedException`.
    ///
    /// @param keeper hears which process keeps it, before its command is let go
    public void start(String container, KeeperNews keeper) throws InterruptedException {
        start(
                views.lookup().container(container),
                made -> {
                    var facts = core.facts.find(made.id());
                    if (facts.isPresent()) {
                        keeper.isKeptBy(facts.get().keeper().pid());
                    }
                });
    }

    /// Starts one container with a line to its streams, laid before its command runs, so that no
    /// output is lost; throws `StartFailedException`.
    public Attachment startAttached(String container) throws InterruptedException {
        var row = views.lookup().container(container);
        if (core.observer.observe(row.id()) instanceof Observation.Running) {
            return attach(container);
        }
        var attachments = new ArrayList<Attachment>();
        try {
            start(row, made -> attachments.add(attachment(made)));
        } catch (PodException | HostException e) {
            attachments.forEach(Attachment::close);
            throw e;
        }
        return attachments.isEmpty() ? attach(container) : attachments.getFirst();
    }

    private Attachment attachment(ContainerRow row) {
        return new ContainerAttachment(core.parts.conmon(), core.files.conmon(row.id()));
    }

    private void start(ContainerRow row, Starter.BeforeStart before) throws InterruptedException {
        for (var id : Dependents.neededBy(core.store.now(), row)) {
            start(views.lookup().container(id), _ -> {});
        }
        AwaitedImages.requireNone(row);
        supervisor.cancel(List.of(row));
        var fresh = !core.sandboxes.isAlive(row.pod());
        try (var _ = core.locks.take(row.pod())) {
            var pod = pod(row);
            if (core.observer.observe(row.id()) instanceof Observation.Running) {
                return;
            }
            core.steps.at("start.intent");
            core.store.change(change -> {
                Starter.requireStays(change.now(), pod);
                change.editPod(pod.id(), it -> it.withRunning(true));
                change.editLife(row.id(), life -> life.asked(true));
                Blueprint.infraOf(change.now(), pod.id())
                        .ifPresent(infra -> change.editLife(infra.id(), life -> life.asked(true)));
            });
            var members =
                    row.kind() == ContainerKind.INFRA ? List.<ContainerRow>of() : List.of(row);
            supervisor.starter().up(List.of(new Starter.Job(pod, members)), before);
        } catch (PodException | HostException e) {
            new SettingUp(core, supervisor).giveUp(row, fresh);
            throw e;
        }
        supervisor.started(List.of(row.pod()));
    }

    private PodRow pod(ContainerRow row) {
        return core.store
                .now()
                .pod(row.pod())
                .orElseThrow(
                        () -> new dev.kelpie.engine.fault.ContainerNotFoundException(row.id()));
    }

    public List<Outcome> stop(List<String> containers, StopOptions options)
            throws InterruptedException {
        return Bulk.each(
                containers,
                options.ignoreMissing(),
                views.lookup()::container,
                ContainerRow::id,
                row -> stop(row, options));
    }

    private void stop(ContainerRow row, StopOptions options) throws InterruptedException {
        supervisor.cancel(List.of(row));
        core.steps.at("stop.intent");
        core.store.change(change -> change.editLife(row.id(), life -> life.asked(false)));
        supervisor.stopper().stop(row.pod(), List.of(row), options.grace());
        supervisor.settle(row.pod());
    }

    public List<Outcome> restart(List<String> containers, StopOptions options)
            throws InterruptedException {
        return Bulk.each(
                containers,
                options.ignoreMissing(),
                views.lookup()::container,
                ContainerRow::id,
                row -> {
                    AwaitedImages.requireNone(row);
                    supervisor.cancel(List.of(row));
                    core.steps.at("stop.intent");
                    core.store.change(
                            change -> change.editLife(row.id(), life -> life.asked(false)));
                    supervisor.stopper().stop(row.pod(), List.of(row), options.grace());
                    start(row, _ -> {});
                    core.note(row, "restart");
                });
    }

    /// Sends a signal (`SIGHUP`, `HUP`, `1`).
    public List<Outcome> kill(List<String> containers, String signal) throws InterruptedException {
        var number =
                Signal.parse(signal)
                        .orElseThrow(
                                () -> new InvalidRequestException("unknown signal: " + signal));
        return Bulk.each(
                containers,
                false,
                views.lookup()::container,
                ContainerRow::id,
                row -> kill(row, number));
    }

    private void kill(ContainerRow row, int signal) {
        var facts = running(row, "kill");
        if (signal == Signal.KILL) {
            // Its policy must not bring back what the user killed.
            core.store.change(change -> change.editLife(row.id(), life -> life.asked(false)));
        }
        core.parts.kernel().signal(facts.init(), signal);
        core.note(row, "kill", "signal", Integer.toString(signal));
    }

    public List<Outcome> remove(List<String> containers, RemoveOptions options)
            throws InterruptedException {
        return Bulk.each(
                containers,
                options.force() || options.ignoreMissing(),
                views.lookup()::container,
                ContainerRow::id,
                row -> remove(row, options));
    }

    private void remove(ContainerRow row, RemoveOptions options) throws InterruptedException {
        var remover = supervisor.remover();
        Dependents.requireNone(core.store.now(), row);
        remover.requireRemovable(row, options.force());
        supervisor.cancel(List.of(row));
        var pod = pod(row);
        if (pod.solo()) {
            remover.wish(List.of(pod.id()));
            var volumes = options.volumes() || row.spec().policy().autoRemove();
            remover.remove(List.of(pod), options.grace(), volumes);
        } else {
            remover.removeMember(row, options);
            supervisor.settle(pod.id());
        }
    }

    /// These in groups, each to be removed before the next; with `dependents` those too that need
    /// one of them, by their ids.
    public List<List<String>> removalOrder(List<String> containers, boolean dependents) {
        return new RemovalOrder(core.store.now(), views.lookup()).of(containers, dependents);
    }

    /// Waits until the container is in one of these states; its exit code, -1 when it has none. Any
    /// of EXITED waits for the end, also when the container is removed then. An exit code stays
    /// known for some minutes after the removal.
    public int waitFor(String container, Set<ContainerStatus> conditions)
            throws InterruptedException {
        return new Waits(core, views).until(container, conditions);
    }

    /// Gives a container another name.
    public void rename(String container, String name) {
        Renames.rename(core, views.lookup().container(container), name);
    }

    /// Changes the limits and the policy of a container, at once if it runs. What the change makes
    /// of the rest of the spec is for its next start.
    public void adjust(String container, UnaryOperator<ContainerSpec> change)
            throws InterruptedException {
        Adjusting.adjust(core, views.lookup().container(container), change);
    }

    /// Every container, infra containers too, oldest first.
    public List<ContainerSummary> list() {
        return views.containers();
    }

    /// One container; throws `ContainerNotFoundException` or `AmbiguousIdException`.
    public ContainerSummary find(String nameOrId) {
        return views.container(views.lookup().container(nameOrId));
    }

    public boolean exists(String nameOrId) {
        return views.lookup().findContainer(nameOrId).isPresent();
    }

    public ContainerInspection inspect(String nameOrId) {
        return views.inspect(views.lookup().container(nameOrId));
    }

    /// The process that keeps a container which runs: conmon, which ends with its exit code.
    public Optional<Integer> keeper(String nameOrId) {
        return core.facts
                .find(views.lookup().container(nameOrId).id())
                .map(facts -> facts.keeper().pid());
    }

    /// Reads the log, oldest line first; with `follow` returns when the container has ended for
    /// good.
    public void logs(String container, LogRequest request, LogSink lines)
            throws InterruptedException {
        new Logs(core).read(views.lookup().container(container), request, lines);
    }

    /// A line to the streams of a running container.
    public Attachment attach(String container) {
        var row = views.lookup().container(container);
        var _ = running(row, "attach to");
        core.note(row, "attach");
        return attachment(row);
    }

    private dev.kelpie.engine.sandbox.RunFacts running(ContainerRow row, String what) {
        if (core.observer.observe(row.id()) instanceof Observation.Running(var facts)) {
            return facts;
        }
        throw new ContainerStateException(
                "can only "
                        + what
                        + " running containers; "
                        + row.name()
                        + " is in state "
                        + views.state(row).status().word()
                        + ": container state improper");
    }

    private void requireNotPaused(ContainerRow row) {
        if (core.parts.kernel().isFrozen(core.cgroups.container(row))) {
            throw new ContainerStateException(
                    "cannot exec in container "
                            + row.name()
                            + " as it is paused: container state improper");
        }
    }

    /// The files of containers, running or not; one that does not run cannot be started until its
    /// tree is closed, by the thread that asked for it. One tree for each container, in the order
    /// asked for; the same container twice has one tree.
    public List<ContainerTree> trees(List<String> containers) throws InterruptedException {
        return new ContainerTrees(core)
                .open(containers.stream().map(views.lookup()::container).toList());
    }

    /// Runs a further process in a running container, attached before it starts; throws
    /// `StartFailedException`.
    public ExecSession exec(String container, ExecRequest request) throws InterruptedException {
        var row = views.lookup().container(container);
        var _ = running(row, "exec into");
        requireNotPaused(row);
        return new Execs(core).attached(row, request);
    }

    /// As `exec`, but its output is dropped and nobody waits; the session's id.
    public String execDetached(String container, ExecRequest request) throws InterruptedException {
        var row = views.lookup().container(container);
        var _ = running(row, "exec into");
        requireNotPaused(row);
        return new Execs(core).detached(row, request);
    }

    /// Asks a container now how it does, beside the schedule; the answer counts like any other.
    public Health checkHealth(String container) throws InterruptedException {
        var row = views.lookup().container(container);
        if (row.spec().policy().probes().none()) {
            throw new InvalidRequestException(
                    "container " + row.name() + " has no defined healthcheck");
        }
        var _ = running(row, "check the health of");
        var _ = supervisor.health().check(row.id());
        return core.books.find(row.id()).health(row.spec().policy().probes());
    }
}

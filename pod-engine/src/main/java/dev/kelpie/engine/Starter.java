package dev.kelpie.engine;

import dev.kelpie.engine.fault.ContainerNotFoundException;
import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.sandbox.Cgroups;
import dev.kelpie.engine.sandbox.Observation;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.Phase;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.State;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.cgroup.ResourceLimits;
import dev.kelpie.runtime.network.HostPorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/// Brings pods up: sandbox, network, infra container, init containers in their order, then the
/// others all at once; pods side by side, their networks in one go. The caller holds their locks
/// and takes back what a failure leaves; a pod that is gone or told to go is refused.
final class Starter {
    private static final System.Logger LOG = System.getLogger(Starter.class.getName());

    private final Core core;
    private final Runner runner;

    /// Pods with a sandbox that was not joined to its networks: the next start does it. A service
    /// that opens anew joins whom it finds.
    private final Set<String> offline = ConcurrentHashMap.newKeySet();

    Starter(Core core, Runner runner) {
        this.core = core;
        this.runner = runner;
    }

    /// Containers of a pod that shall run; `members` without infra and init containers.
    ///
    /// @param patient whether a hook holds up what comes after it, and whoever waits for the start
    record Job(PodRow pod, List<ContainerRow> members, boolean patient) {
        Job {
            members = List.copyOf(members);
        }

        Job(PodRow pod, List<ContainerRow> members) {
            this(pod, members, true);
        }
    }

    /// Everything of a pod.
    static Job whole(Core core, PodRow pod) {
        return new Job(
                pod,
                core.store.now().members(pod.id()).stream()
                        .filter(row -> row.kind() == ContainerKind.APP)
                        .filter(row -> row.phase() != Phase.REMOVING)
                        .toList());
    }

    /// Called for each member that is made, before its command is let go.
    @FunctionalInterface
    interface BeforeStart {
        void made(ContainerRow row) throws InterruptedException;
    }

    /// Brings all of them up.
    void up(List<Job> jobs) throws InterruptedException {
        up(jobs, _ -> {});
    }

    /// Refuses what cannot be made by itself; nothing is changed yet.
    ///
    /// @throws InvalidRequestException for a pod that is held back or whose init containers come
    ///   first
    void requireReadyable(Job asked) {
        var job = current(asked);
        if (mustInitialize(job, !core.sandboxes.isAlive(job.pod().id()))) {
            throw new InvalidRequestException(
                    "pod '" + job.pod().name() + "' has init containers: start it");
        }
    }

    /// Makes a container by itself so that only its command is to be let go.
    void ready(Job asked) throws InterruptedException {
        var job = current(asked);
        allocate(List.of(job));
        var fresh = !core.sandboxes.isAlive(job.pod().id());
        core.steps.at("sandbox.make");
        prepare(job, fresh);
        if (isOffline(job.pod(), fresh)) {
            attach(List.of(job.pod()));
        }
        for (var infra : infraToStart(job.pod())) {
            runner.make(job.pod(), infra);
            runner.start(infra);
        }
        for (var row : absent(job.members())) {
            runner.make(job.pod(), row);
        }
    }

    /// The same with nobody waiting: what cannot be made or started is the supervisor's to try
    /// again by its back-off, and holds up no neighbour.
    void bringBack(Job job) throws InterruptedException {
        try {
            up(List.of(job));
        } catch (PodException e) {
            LOG.log(System.Logger.Level.WARNING, unable(job), e);
            InParallel.each(made(job.members()), runner::start);
        } catch (HostException e) {
            LOG.log(System.Logger.Level.WARNING, unable(job), e);
        }
    }

    private static String unable(Job job) {
        return "cannot bring back pod '" + job.pod().name() + "'";
    }

    void up(List<Job> asked, BeforeStart before) throws InterruptedException {
        var jobs = asked.stream().map(this::current).toList();
        allocate(jobs);
        var fresh = new ArrayList<Job>();
        var attaching = new ArrayList<PodRow>();
        for (var job : jobs) {
            boolean made = !core.sandboxes.isAlive(job.pod().id());
            if (made) {
                fresh.add(job);
            }
            if (isOffline(job.pod(), made)) {
                attaching.add(job.pod());
            }
        }
        core.steps.at("sandbox.make");
        InParallel.each(jobs, job -> prepare(job, fresh.contains(job)));
        var work = new ArrayList<Callable<Boolean>>();
        if (!attaching.isEmpty()) {
            // a neighbour that cannot be made takes nobody's network away
            work.add(() -> {
                Undisturbed.run(() -> attach(attaching));
                return true;
            });
        }
        jobs.forEach(job -> work.add(() -> make(job, fresh.contains(job))));
        InParallel.all(work);
        core.steps.at("pods.start");
        InParallel.each(jobs, job -> start(job, fresh.contains(job), before));
    }

    /// The job as it is now that the lock is held: who waited for it may hold rows of a pod that
    /// was removed meanwhile, and what is made for that one nobody would ever take away.
    private Job current(Job job) {
        var state = core.store.now();
        var pod = requireStays(state, job.pod());
        requireNoGate(pod);
        var members = new ArrayList<ContainerRow>();
        for (var row : job.members()) {
            var now =
                    state.container(row.id())
                            .filter(it -> it.phase() != Phase.REMOVING)
                            .orElseThrow(() -> new ContainerNotFoundException(row.id()));
            if (!now.awaitsImage()) { // the supervisor starts it once its image is here
                members.add(now);
            }
        }
        return new Job(pod, members, job.patient());
    }

    /// The pod's row of now; throws when the pod is gone or on its way out.
    static PodRow requireStays(State state, PodRow pod) {
        return state.pod(pod.id())
                .filter(now -> now.phase() == Phase.MAKING || now.phase() == Phase.MADE)
                .orElseThrow(() ->
                        new InvalidRequestException(
                                "start of pod '"
                                        + pod.name()
                                        + "' was given up: it was removed meanwhile"));
    }

    private static void requireNoGate(PodRow pod) {
        if (pod.spec().policy().gated()) {
            throw new InvalidRequestException(
                    "pod '"
                            + pod.name()
                            + "' is held back by scheduling gates "
                            + pod.spec().policy().schedulingGates()
                            + ": play it without them");
        }
    }

    private void allocate(List<Job> jobs) {
        var lacking =
                jobs.stream()
                        .map(Job::pod)
                        .filter(Blueprint::onBridge)
                        .filter(pod -> core.networks.attachments(pod.id()).isEmpty())
                        .toList();
        if (lacking.isEmpty()) {
            return;
        }
        core.steps.at("network.allocate");
        core.store.change(change ->
                lacking.forEach(pod ->
                        core.networks.allocate(
                                change,
                                pod,
                                Blueprint.names(pod, change.now().members(pod.id())))));
        lacking.forEach(pod -> HostPorts.requireFree(core.networks.publishedPorts(pod.id())));
    }

    private void prepare(Job job, boolean fresh) throws InterruptedException {
        core.mounts.makeVolumes(job.pod());
        core.parts.kernel().makeGroup(core.cgroups.pod(job.pod().id()));
        var together = Cgroups.limits(job.pod().spec());
        if (!together.equals(ResourceLimits.none())) {
            core.parts.kernel().limitGroup(core.cgroups.pod(job.pod().id()), together);
        }
        if (fresh) {
            makeSandbox(job.pod());
        }
        core.steps.at("secrets.write");
        core.secretVolumes.write(job.pod());
    }

    /// Its namespaces come last: a sandbox is taken for whole once it has them.
    private void makeSandbox(PodRow pod) throws InterruptedException {
        core.sandboxes.destroy(pod.id());
        var whole = false;
        try {
            new ImageVolumes(core).mount(pod);
            NfsVolumes.mount(core, pod);
            core.sandboxes.make(pod);
            whole = true;
        } finally {
            if (!whole) {
                core.sandboxes.destroy(pod.id());
            }
        }
    }

    private boolean isOffline(PodRow pod, boolean fresh) {
        return Blueprint.onBridge(pod) && (fresh || offline.contains(pod.id()));
    }

    private void attach(List<PodRow> pods) throws InterruptedException {
        var ids = pods.stream().map(PodRow::id).toList();
        core.steps.at("network.attach");
        offline.addAll(ids);
        core.network.attach(
                ids.stream().flatMap(id -> core.networks.attachments(id).stream()).toList());
        ids.forEach(offline::remove);
        core.steps.at("network.attached");
    }

    /// Makes what need not wait for a neighbour: all of a pod, unless init containers or a shared
    /// PID namespace come first. The infra container, which only holds namespaces, is started too.
    private boolean make(Job job, boolean fresh) throws InterruptedException {
        var pod = job.pod();
        var first = new ArrayList<ContainerRow>(infraToStart(pod));
        if (!waitsForOthers(job, fresh)) {
            first.addAll(absent(job.members()));
        }
        InParallel.each(
                first,
                row -> {
                    runner.make(pod, row);
                    if (row.kind() == ContainerKind.INFRA) {
                        runner.start(row);
                    }
                });
        return true;
    }

    private boolean waitsForOthers(Job job, boolean fresh) {
        return job.pod().spec().sharing().shareProcesses()
                || inOrder(job.members())
                || mustInitialize(job, fresh);
    }

    private void start(Job job, boolean fresh, BeforeStart before) throws InterruptedException {
        var pod = job.pod();
        for (var infra : members(pod, ContainerKind.INFRA)) {
            if (core.observer.observe(infra.id()) instanceof Observation.Made) {
                runner.start(infra);
            }
        }
        if (mustInitialize(job, fresh) && !new Initialization(core, runner).advance(pod)) {
            return; // the supervisor goes on once it is due
        }
        core.steps.at("containers.start");
        if (inOrder(job.members())) {
            startInOrder(job, before);
            return;
        }
        InParallel.each(absent(job.members()), row -> runner.make(pod, row));
        var made = made(job.members());
        for (var row : made) {
            before.made(row);
        }
        InParallel.each(made, runner::start);
    }

    private boolean mustInitialize(Job job, boolean fresh) {
        var pod = job.pod().id();
        return fresh
                ? !Initialization.containers(core, pod).isEmpty()
                : job.patient() && Initialization.next(core, pod).isPresent();
    }

    /// One whose hook runs holds up those after it, on which many a manifest counts.
    private static boolean inOrder(List<ContainerRow> rows) {
        return rows.stream()
                .anyMatch(row -> row.spec().policy().lifecycle().postStart().isPresent());
    }

    private void startInOrder(Job job, BeforeStart before) throws InterruptedException {
        for (var row : job.members()) {
            for (var absent : absent(List.of(row))) {
                runner.make(job.pod(), absent);
            }
            for (var made : made(List.of(row))) {
                before.made(made);
                runner.start(made);
                runner.afterStart(made, job.patient());
            }
        }
    }

    private List<ContainerRow> infraToStart(PodRow pod) throws InterruptedException {
        var infra = members(pod, ContainerKind.INFRA);
        for (var row : infra) {
            runner.finish(row);
        }
        return absent(infra);
    }

    private List<ContainerRow> members(PodRow pod, ContainerKind kind) {
        return core.store.now().members(pod.id()).stream()
                .filter(row -> row.kind() == kind)
                .toList();
    }

    private List<ContainerRow> absent(List<ContainerRow> rows) throws InterruptedException {
        var absent = new ArrayList<ContainerRow>();
        for (var row : rows) {
            if (runner.finish(row)) {
                absent.add(row);
            }
        }
        return absent;
    }

    private List<ContainerRow> made(List<ContainerRow> rows) {
        return rows.stream()
                .filter(row -> core.observer.observe(row.id()) instanceof Observation.Made)
                .toList();
    }
}

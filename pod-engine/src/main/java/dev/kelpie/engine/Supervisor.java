package dev.kelpie.engine;

import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.sandbox.Observation;
import dev.kelpie.engine.sandbox.RunFacts;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.Phase;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.runtime.HostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Looks after what runs: probes it, notes ends, starts again what its policy says, removes what
/// was to be removed at its end, lets a pod's infra container go when nothing else is left to run.
final class Supervisor implements EndWatch, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Supervisor.class.getName());

    /// The label of who belongs to a unit of systemd.

    private final Core core;

    private final Runner runner;
    private final Starter starter;
    private final Stopper stopper;
    private final Remover remover;
    private final Restarts restarts;
    private final HealthWatch health;
    private volatile boolean closed;
    private volatile OfPod onEndOfPod = _ -> {};

    Supervisor(Core core) {
        this.core = core;
        this.runner = new Runner(core, this);
        this.starter = new Starter(core, runner);
        this.stopper = new Stopper(core, runner);
        this.remover = new Remover(core, runner, stopper);
        this.restarts = new Restarts(core, this);
        this.health = new HealthWatch(core, this);
    }

    Runner runner() {
        return runner;
    }

    Starter starter() {
        return starter;
    }

    Stopper stopper() {
        return stopper;
    }

    Remover remover() {
        return remover;
    }

    HealthWatch health() {
        return health;
    }

    /// Whether something waits for its time: a restart, a probe, a deadline.
    boolean hasPending() {
        return restarts.hasPending() || health.hasPending() || runner.hasHooks();
    }

    @Override
    public void watch(ContainerRow row, RunFacts facts) {
        for (var process : new HashSet<>(List.of(facts.init(), facts.keeper()))) {
            var _ =
                    core.parts
                            .kernel()
                            .ended(process)
                            .thenRun(() -> inBackground(() -> ended(row.id())));
        }
        if (!row.spec().policy().probes().none() && facts.started().isPresent()) {
            health.begin(row, facts);
        }
        core.services.look();
    }

    @Override
    public void over(String container) {
        health.end(container);
        core.services.look();
    }

    /// Work on a pod by its id.
    @FunctionalInterface
    interface OfPod {
        void run(String pod) throws InterruptedException;
    }

    /// Is told of each pod whose containers have all ended for good.
    void onEndOfPod(OfPod listener) {
        onEndOfPod = listener;
    }

    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    void inBackground(Work work) {
        Thread.startVirtualThread(() -> attempt(work));
    }

    /// What goes wrong is told to the log: nobody waits for it.
    void attempt(Work work) {
        try {
            if (!closed) {
                work.run();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (PodException | HostException e) {
            if (!closed) {
                LOG.log(System.Logger.Level.WARNING, "supervision failed", e);
            }
        }
    }

    /// Deals with a container that may have ended; does nothing when that was done already.
    void ended(String id) throws InterruptedException {
        var found = core.store.now().container(id);
        if (found.isEmpty()) {
            return;
        }
        var pod = found.get().pod();
        boolean beside;
        try (var held = core.locks.takeBeside(pod)) {
            beside = held.beside();
            var row = core.store.now().container(id);
            var facts = core.facts.find(id);
            if (row.isEmpty() || facts.isEmpty()) {
                return;
            }
            runner.awaitEnd(row.get(), facts.get(), Duration.ZERO);
            if (!runner.finish(row.get())) {
                return;
            }
        }
        settle(pod, id, beside);
    }

    /// As `settle`, after a look at one container.
    ///
    /// @param beside a start goes on: the container is not held up by it, and the pod comes when it
    ///   is over
    void settle(String pod, String id, boolean beside) throws InterruptedException {
        if (beside) {
            settleAmidStart(pod, id);
            core.locks.take(pod).close();
        }
        settle(pod);
    }

    private void settleAmidStart(String podId, String id) throws InterruptedException {
        var pod = core.store.now().pod(podId);
        var row = core.store.now().container(id);
        if (pod.isPresent()
                && row.isPresent()
                && isDue(pod.get(), row.get())
                && isDown(row.get())) {
            restarts.schedule(row.get());
        }
    }

    /// Whether an ended container is started again by itself.
    boolean isDue(PodRow pod, ContainerRow row) {
        return Restarting.isDue(pod, row)
                || (core.locks.isLent(pod.id()) && Restarting.isDueAmidStart(pod, row));
    }

    /// Looks after pods that were started: those that cannot go on at once, and their deadlines.
    void started(List<String> pods) throws InterruptedException {
        for (var id : pods) {
            var pod = core.store.now().pod(id);
            if (pod.isEmpty() || pod.get().phase() != Phase.MADE) {
                continue;
            }
            restarts.watchDeadline(pod.get());
            if (Initialization.next(core, id).isPresent() || awaitsImages(id)) {
                settle(id);
            }
        }
    }

    private boolean awaitsImages(String pod) {
        return core.store.now().members(pod).stream().anyMatch(ContainerRow::awaitsImage);
    }

    /// Does what is due for a pod that was started or some of whose containers have ended.
    void settle(String podId) throws InterruptedException {
        var pod = core.store.now().pod(podId);
        if (closed || pod.isEmpty() || pod.get().phase() != Phase.MADE) {
            return;
        }
        restarts.watchDeadline(pod.get());
        restarts.schedulePulls(pod.get());
        var next = Initialization.next(core, podId);
        if (next.isPresent() && pod.get().running() && core.sandboxes.isAlive(podId)) {
            settleStart(pod.get(), next.get());
            return;
        }
        for (var row : core.store.now().members(podId)) {
            if (!row.awaitsImage() && isDown(row) && row.life().lastEnd().isPresent()) {
                settle(pod.get(), row);
            }
        }
        releaseIfDone(pod.get());
    }

    /// A pod whose init containers are not through: tried again, or given up.
    private void settleStart(PodRow pod, ContainerRow next) throws InterruptedException {
        if (next.awaitsImage()) {
            return;
        }
        var failed = isDown(next) && Initialization.tried(core, next);
        var lost =
                failed
                        && !Restarting.initAgain(next)
                        && next.life().lastEnd().map(end -> end.exitCode() != 0).orElse(false);
        if (lost) {
            release(pod, false);
        } else if (!next.life().stoppedByUser()) {
            restarts.schedulePod(pod, next, failed);
        }
    }

    private void settle(PodRow pod, ContainerRow row) throws InterruptedException {
        if (Restarting.isDue(pod, row)) {
            restarts.schedule(row);
        } else if (row.spec().policy().autoRemove() && row.phase() == Phase.MADE) {
            if (pod.solo()) {
                remover.wish(List.of(pod.id()));
                remover.remove(List.of(pod), Optional.of(Duration.ZERO), true);
            } else {
                remover.removeMember(row, new RemoveOptions(true, true, true, Optional.empty()));
            }
        }
    }

    boolean isDown(ContainerRow row) {
        return core.observer.observe(row.id()) instanceof Observation.Absent;
    }

    /// The user decides anew: what waits for its time is not due any more.
    void cancel(List<ContainerRow> rows) {
        rows.forEach(row -> restarts.cancel(row.id()));
    }

    /// Exit policy `stop`: with the last container for good the infra container goes too, and the
    /// sidecars before it.
    private void releaseIfDone(PodRow before) throws InterruptedException {
        boolean done;
        try (var _ = core.locks.take(before.id())) {
            done = core.store.now().pod(before.id()).filter(this::mayRelease).isPresent();
        }
        if (done) {
            release(before, true);
        }
    }

    /// The last step is done under the lock, so that a start that comes meanwhile finds either all
    /// or nothing.
    private void release(PodRow before, boolean ifDone) throws InterruptedException {
        var sidecars =
                core.store.now().members(before.id()).stream().anyMatch(ContainerRow::sidecar);
        if (sidecars) {
            core.store.change(change -> change.editPod(before.id(), row -> row.withRunning(false)));
            stopper.stopSidecars(before.id(), Optional.empty(), System.nanoTime());
        }
        try (var _ = core.locks.take(before.id())) {
            var pod = core.store.now().pod(before.id());
            if (pod.isEmpty() || (ifDone && !mayRelease(pod.get()))) {
                return;
            }
            core.steps.at("pod.done");
            core.store.change(change -> change.editPod(before.id(), row -> row.withRunning(false)));
            stopper.release(pod.get());
        }
        core.mainstays.ended(before.id());
        inBackground(() -> onEndOfPod.run(before.id()));
    }

    private boolean mayRelease(PodRow pod) {
        if ((!pod.solo() && !pod.spec().policy().stopWithLastContainer())
                || pod.phase() != Phase.MADE
                || !core.sandboxes.isAlive(pod.id())) {
            return false;
        }
        return core.store.now().members(pod.id()).stream()
                .filter(row -> row.kind() == ContainerKind.APP)
                .allMatch(row -> isDone(pod, row));
    }

    private boolean isDone(PodRow pod, ContainerRow row) {
        return !row.awaitsImage()
                && isDown(row)
                && row.life().lastEnd().isPresent()
                && !restarts.isPending(row.id())
                && !Restarting.isDue(pod, row);
    }

    /// Ends what runs, as the host goes down, and starts nothing any more. What is wished stays as
    /// it is, so that the next boot brings it back. What belongs to a unit is systemd's to end.
    void halt() throws InterruptedException {
        close();
        var pods =
                core.store.now().pods().values().stream()
                        .filter(pod -> pod.phase() == Phase.MADE && !isOfUnit(pod))
                        .toList();
        InParallel.each(pods, this::halt);
    }

    /// Whether it starts nothing any more.
    boolean isClosed() {
        return closed;
    }

    private void halt(PodRow pod) throws InterruptedException {
        try {
            stopper.down(List.of(pod), Optional.empty());
        } catch (PodException | HostException e) { // holds up no other
            LOG.log(System.Logger.Level.WARNING, "cannot end pod '" + pod.name() + "'", e);
        }
    }

    private boolean isOfUnit(PodRow pod) {
        return pod.spec().metadata().labels().containsKey(ContainerSpec.UNIT)
                || core.store.now().members(pod.id()).stream()
                        .anyMatch(row ->
                                row.spec().metadata().labels().containsKey(ContainerSpec.UNIT));
    }

    @Override
    public void close() {
        closed = true;
        restarts.close();
        health.close();
    }
}

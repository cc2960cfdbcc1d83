package dev.kelpie.engine;

import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.report.ContainerEnd;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.sandbox.Observation;
import dev.kelpie.engine.sandbox.RunFacts;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.Phase;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.runtime.HostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Looks after what runs: notes ends, starts again what its policy says, removes what was to be
/// removed at its end, lets a pod's infra container go when nothing else is left to run.
final class Supervisor implements EndWatch, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Supervisor.class.getName());

    private final Core core;
    private final Runner runner;
    private final Starter starter;
    private final Stopper stopper;
    private final Remover remover;
    private final BackOff backOff = new BackOff();
    private final Map<String, Thread> pending = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Supervisor(Core core) {
        this.core = core;
        this.runner = new Runner(core, this);
        this.starter = new Starter(core, runner);
        this.stopper = new Stopper(core, runner);
        this.remover = new Remover(core, runner, stopper);
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

    /// Restarts that wait for their time.
    boolean hasPending() {
        return !pending.isEmpty();
    }

    @Override
    public void watch(String container, RunFacts facts) {
        for (var process : List.of(facts.init(), facts.conmon())) {
            var _ =
                    core.parts
                            .kernel()
                            .ended(process)
                            .thenRun(() -> inBackground(() -> ended(container)));
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException;
    }

    private Thread inBackground(Work work) {
        return Thread.startVirtualThread(() -> {
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
        });
    }

    /// Deals with a container that may have ended; does nothing when that was done already.
    void ended(String id) throws InterruptedException {
        var found = core.store.now().container(id);
        if (found.isEmpty()) {
            return;
        }
        var pod = found.get().pod();
        try (var _ = core.locks.take(pod)) {
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
        settle(pod);
    }

    /// Does what is due for a pod some of whose containers have ended.
    void settle(String podId) throws InterruptedException {
        var pod = core.store.now().pod(podId);
        if (pod.isEmpty() || pod.get().phase() != Phase.MADE) {
            return;
        }
        var members = core.store.now().members(podId);
        for (var row : members) {
            if (isDown(row) && row.life().lastEnd().isPresent()) {
                settle(pod.get(), row);
            }
        }
        releaseIfDone(pod.get());
    }

    private void settle(PodRow pod, ContainerRow row) throws InterruptedException {
        if (shouldRestart(pod, row)) {
            schedule(row);
        } else if (row.spec().policy().autoRemove() && row.phase() == Phase.MADE) {
            if (pod.solo()) {
                remover.wish(List.of(pod.id()));
                remover.remove(List.of(pod), Optional.of(Duration.ZERO), true);
            } else {
                remover.removeMember(row, new RemoveOptions(true, true, true, Optional.empty()));
            }
        }
    }

    private boolean isDown(ContainerRow row) {
        return core.observer.observe(row.id()) instanceof Observation.Absent;
    }

    /// What the restart policy says of an ended container.
    static boolean shouldRestart(PodRow pod, ContainerRow row) {
        var life = row.life();
        if (!life.wanted()
                || life.stoppedByUser()
                || pod.phase() != Phase.MADE
                || row.phase() != Phase.MADE
                || row.kind() == ContainerKind.INIT) {
            return false;
        }
        if (row.kind() == ContainerKind.INFRA) {
            return pod.running();
        }
        var policy = row.spec().policy();
        return switch (policy.restartPolicy()) {
            case ALWAYS, UNLESS_STOPPED -> true;
            case NEVER -> false;
            case ON_FAILURE ->
                    life.lastEnd().map(ContainerEnd::exitCode).orElse(0) != 0
                            && (policy.maxRetries() == 0 || life.restarts() < policy.maxRetries());
        };
    }

    private void schedule(ContainerRow row) {
        var life = row.life();
        var run =
                life.lastStart().isEmpty() || life.lastEnd().isEmpty()
                        ? Duration.ZERO
                        : Duration.between(life.lastStart().get(), life.lastEnd().get().finished());
        pending.computeIfAbsent(
                row.id(),
                id -> {
                    var delay = backOff.next(id, run);
                    return inBackground(() -> restartLater(id, delay));
                });
    }

    private void restartLater(String id, Duration delay) throws InterruptedException {
        try {
            Thread.sleep(delay);
        } finally {
            pending.remove(id);
        }
        restart(id);
    }

    private void restart(String id) throws InterruptedException {
        var found = core.store.now().container(id);
        if (found.isEmpty() || closed) {
            return;
        }
        var podId = found.get().pod();
        try (var _ = core.locks.take(podId)) {
            var pod = core.store.now().pod(podId);
            var row = core.store.now().container(id);
            if (pod.isEmpty()
                    || row.isEmpty()
                    || !shouldRestart(pod.get(), row.get())
                    || !isDown(row.get())) {
                return;
            }
            core.steps.at("restart");
            core.store.change(change -> change.editLife(id, life -> life.restarted()));
            up(pod.get(), row.get());
        }
        settle(podId);
    }

    private void up(PodRow pod, ContainerRow row) throws InterruptedException {
        var members = row.kind() == ContainerKind.INFRA ? List.<ContainerRow>of() : List.of(row);
        try {
            starter.up(List.of(new Starter.Job(pod, members)));
        } catch (PodException | HostException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot restart '" + row.name() + "'", e);
            var end = new ContainerEnd(126, core.clock.instant(), false, "" + e.getMessage());
            core.store.change(
                    change -> change.editLife(row.id(), life -> life.ended(Optional.empty(), end)));
        }
    }

    /// The user decides anew: what waits for its time is not due any more.
    void cancel(List<ContainerRow> rows) {
        for (var row : rows) {
            backOff.forget(row.id());
            var waiting = pending.remove(row.id());
            if (waiting != null) {
                waiting.interrupt();
            }
        }
    }

    /// Exit policy `stop`: with the last container for good the infra container goes too. All under
    /// the lock, so that a start that comes meanwhile finds either all or nothing.
    private void releaseIfDone(PodRow before) throws InterruptedException {
        try (var _ = core.locks.take(before.id())) {
            var pod = core.store.now().pod(before.id());
            if (pod.isEmpty() || !mayRelease(pod.get())) {
                return;
            }
            core.steps.at("pod.done");
            core.store.change(change -> change.editPod(before.id(), row -> row.withRunning(false)));
            stopper.release(pod.get());
        }
        core.mainstays.ended(before.id());
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
        return isDown(row)
                && row.life().lastEnd().isPresent()
                && !pending.containsKey(row.id())
                && !shouldRestart(pod, row);
    }

    @Override
    public void close() {
        closed = true;
        pending.values().forEach(Thread::interrupt);
    }
}

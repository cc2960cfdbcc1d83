package dev.kelpie.engine;

import dev.kelpie.engine.fault.InitContainerFailedException;
import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.fault.SecretException;
import dev.kelpie.engine.fault.SecretNotFoundException;
import dev.kelpie.engine.fault.StartFailedException;
import dev.kelpie.engine.report.ContainerEnd;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.PodFailure;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.Phase;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.time.Timers;
import dev.kelpie.runtime.HostException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What is started again once its back-off is over, and what ends when its deadline has come.
final class Restarts implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Restarts.class.getName());
    private static final int START_FAILED = 128;

    private final Core core;
    private final Supervisor supervisor;
    private final AwaitedImages awaited;
    private final Map<String, Timers.Timer> pending = new ConcurrentHashMap<>();
    private final Map<String, Timers.Timer> deadlines = new ConcurrentHashMap<>();

    Restarts(Core core, Supervisor supervisor) {
        this.core = core;
        this.supervisor = supervisor;
        this.awaited = new AwaitedImages(core);
    }

    boolean hasPending() {
        deadlines.keySet().stream()
                .filter(pod -> core.store.now().pod(pod).filter(PodRow::running).isEmpty())
                .toList()
                .forEach(this::forgetDeadline);
        return !pending.isEmpty() || !deadlines.isEmpty();
    }

    private void forgetDeadline(String pod) {
        var deadline = deadlines.remove(pod);
        if (deadline != null) {
            deadline.cancel();
        }
    }

    boolean isPending(String container) {
        return pending.containsKey(container);
    }

    /// Starts an ended container again when it is due.
    void schedule(ContainerRow row) {
        later(row.id(), BackOff.due(row.life(), core.clock.instant()), () -> restart(row.id()));
    }

    /// Goes on with the start of a pod at this init container when it is due.
    void schedulePod(PodRow pod, ContainerRow next, boolean failed) {
        var now = core.clock.instant();
        later(
                next.id(),
                failed ? BackOff.due(next.life(), now) : now,
                () -> goOn(pod.id(), next.id()));
    }

    /// Tries again to get the images that containers of this pod wait for, when that is due.
    void schedulePulls(PodRow pod) {
        for (var row : core.store.now().members(pod.id())) {
            if (AwaitedImages.isWanted(pod, row)) {
                later(row.id(), AwaitedImages.due(row, core.clock.instant()), () -> pull(row.id()));
            }
        }
    }

    private void pull(String id) throws InterruptedException {
        var found = core.store.now().container(id);
        if (found.isEmpty()) {
            return;
        }
        var podId = found.get().pod();
        var waiting = awaiting(podId);
        if (awaited.fetch(found.get())) {
            waiting.removeAll(awaiting(podId));
            for (var each : waiting) { // neighbours of the same image got it too
                startWithImage(podId, each);
            }
        }
        supervisor.settle(podId);
    }

    private Set<String> awaiting(String podId) {
        var ids = new LinkedHashSet<String>();
        for (var row : core.store.now().members(podId)) {
            if (row.awaitsImage()) {
                ids.add(row.id());
            }
        }
        return ids;
    }

    private void startWithImage(String podId, String id) throws InterruptedException {
        if (Initialization.next(core, podId).isPresent()) {
            goOn(podId, id);
            return;
        }
        try (var _ = core.locks.take(podId)) {
            var pod = core.store.now().pod(podId).filter(PodRow::running);
            var row = core.store.now().container(id).filter(it -> it.life().wanted());
            if (pod.isPresent() && row.isPresent() && supervisor.isDown(row.get())) {
                core.steps.at("image.start");
                up(pod.get(), row.get());
            }
        }
    }

    private void later(String id, Instant due, Supervisor.Work work) {
        pending.computeIfAbsent(
                id,
                key ->
                        core.timers.at(
                                due,
                                () -> {
                                    pending.remove(key);
                                    supervisor.attempt(work);
                                }));
    }

    void cancel(String container) {
        var waiting = pending.remove(container);
        if (waiting != null) {
            waiting.cancel();
        }
    }

    private void restart(String id) throws InterruptedException {
        var found = core.store.now().container(id);
        if (found.isEmpty()) {
            return;
        }
        var podId = found.get().pod();
        var alive = core.sandboxes.isAlive(podId);
        boolean beside;
        try (var held = alive ? core.locks.takeBeside(podId) : core.locks.take(podId)) {
            beside = held.beside();
            var pod = core.store.now().pod(podId);
            var row = core.store.now().container(id);
            if (pod.isEmpty()
                    || row.isEmpty()
                    || !supervisor.isDue(pod.get(), row.get())
                    || !supervisor.isDown(row.get())) {
                return;
            }
            core.steps.at("restart");
            core.store.change(change -> change.editLife(id, BackOff::restarted));
            up(pod.get(), row.get());
        }
        if (beside) { // the timers' thread does not wait for a start
            supervisor.inBackground(() -> supervisor.settle(podId, id, true));
        } else {
            supervisor.settle(podId);
        }
    }

    private void up(PodRow pod, ContainerRow row) throws InterruptedException {
        var members = row.kind() == ContainerKind.INFRA ? List.<ContainerRow>of() : List.of(row);
        try {
            supervisor.starter().up(List.of(new Starter.Job(pod, members, false)));
        } catch (PodException | HostException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot restart '" + row.name() + "'", e);
            if (!core.locks.isToEnd(pod.id())) { // else it was given up, not failed
                noteFailure(row, e);
            }
        }
    }

    private void noteFailure(ContainerRow row, RuntimeException failure) {
        var reason = reason(failure);
        var text = "" + failure.getMessage();
        var end = new ContainerEnd(START_FAILED, core.clock.instant(), false, text, reason, text);
        core.store.change(
                change -> change.editLife(row.id(), life -> life.ended(Optional.empty(), end)));
    }

    /// In the kubelet's words: its command, what its spec refers to, or anything else.
    private static String reason(RuntimeException failure) {
        if (failure instanceof StartFailedException start && start.ofItsCommand()) {
            return "StartError";
        }
        var cause = failure instanceof StartFailedException ? failure.getCause() : failure;
        return cause instanceof SecretException || cause instanceof SecretNotFoundException
                ? "CreateContainerConfigError"
                : "CreateContainerError";
    }

    private void goOn(String podId, String next) throws InterruptedException {
        try (var _ = core.locks.take(podId)) {
            var pod = core.store.now().pod(podId);
            if (pod.isEmpty() || pod.get().phase() != Phase.MADE || !pod.get().running()) {
                return;
            }
            core.steps.at("init.go-on");
            supervisor.starter().up(List.of(Starter.whole(core, pod.get())));
        } catch (InitContainerFailedException e) {
            LOG.log(System.Logger.Level.DEBUG, "pod not started", e);
        } catch (PodException | HostException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot go on with pod '" + podId + "'", e);
            if (!core.locks.isToEnd(podId)) { // else it was given up, not failed
                core.store.now().container(next).ifPresent(row -> noteFailure(row, e));
            }
        }
        supervisor.settle(podId);
    }

    /// Ends a pod that has a deadline once that is over, counted from its first start.
    void watchDeadline(PodRow pod) {
        var deadline = pod.spec().policy().activeDeadline();
        if (deadline.isEmpty() || !pod.running()) {
            return;
        }
        deadlines.computeIfAbsent(
                pod.id(),
                id ->
                        core.timers.at(
                                since(pod).plus(deadline.get()),
                                () -> {
                                    deadlines.remove(id);
                                    supervisor.attempt(() -> expire(id, deadline.get()));
                                }));
    }

    private Instant since(PodRow pod) {
        var infra = Blueprint.infraOf(core.store.now(), pod.id());
        if (infra.isEmpty()) {
            return pod.created();
        }
        var known = infra.get().life().retry().since();
        if (known.isPresent()) {
            return known.get();
        }
        var started =
                core.facts
                        .find(infra.get().id())
                        .flatMap(facts -> facts.started())
                        .orElseGet(core.clock::instant);
        core.store.change(change ->
                change.editLife(
                        infra.get().id(), life -> life.withRetry(life.retry().withSince(started))));
        return started;
    }

    private void expire(String id, Duration deadline) throws InterruptedException {
        var pod = core.store.now().pod(id);
        if (pod.isEmpty() || !pod.get().running()) {
            return;
        }
        if (since(pod.get()).plus(deadline).isAfter(core.clock.instant())) {
            watchDeadline(pod.get()); // it was started anew meanwhile
            return;
        }
        var why =
                new PodFailure(
                        "DeadlineExceeded",
                        "Pod was active on the node longer than the specified deadline");
        core.steps.at("pod.deadline");
        supervisor.cancel(core.store.now().members(id));
        core.store.change(change -> {
            change.editPod(id, row -> row.failed(why));
            change.now()
                    .members(id)
                    .forEach(row -> change.editLife(row.id(), life -> life.asked(false)));
        });
        supervisor.stopper().down(List.of(pod.get()), Optional.empty());
    }

    @Override
    public void close() {
        pending.values().forEach(Timers.Timer::cancel);
        deadlines.values().forEach(Timers.Timer::cancel);
    }
}

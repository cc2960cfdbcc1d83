package dev.kelpie.engine;

import dev.kelpie.engine.probe.Answer;
import dev.kelpie.engine.sandbox.RunFacts;
import dev.kelpie.engine.state.ContainerRow;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Has what runs probed, and does what a failure asks for: the container is ended, and its restart
/// policy decides what comes next.
final class HealthWatch implements AutoCloseable {

    private final Core core;
    private final Supervisor supervisor;
    private volatile @Nullable Probing probing;

    HealthWatch(Core core, Supervisor supervisor) {
        this.core = core;
        this.supervisor = supervisor;
    }

    void begin(ContainerRow row, RunFacts facts) {
        probing().begin(row, facts);
    }

    /// Made when it is needed: a host without probes does not even load it.
    private synchronized Probing probing() {
        var made = probing;
        if (made == null) {
            made = new Probing(core, this::failed);
            probing = made;
        }
        return made;
    }

    void end(String container) {
        var made = probing;
        if (made != null) {
            made.end(container);
        }
    }

    boolean hasPending() {
        var made = probing;
        return made != null && !made.isEmpty();
    }

    /// One health check now; empty for a container that has none or does not run.
    Optional<Answer> check(String container) throws InterruptedException {
        var made = probing;
        return made == null ? Optional.empty() : made.askHealth(container);
    }

    private void failed(ContainerRow row, RunFacts facts, Probing.Failure failure) {
        switch (failure.kind()) {
            case READINESS -> {}
            case LIVENESS, STARTUP -> supervisor.inBackground(() -> end(row, facts, failure));
            case HEALTH_STARTUP -> supervisor.inBackground(() -> restart(row));
            case HEALTH -> supervisor.inBackground(() -> unhealthy(row, facts));
        }
    }

    private void end(ContainerRow row, RunFacts facts, Probing.Failure failure)
            throws InterruptedException {
        var word = failure.kind().name().toLowerCase(Locale.ROOT);
        core.steps.at("probe.failed");
        supervisor
                .runner()
                .blame(
                        row.id(),
                        "Container %s failed %s probe, will be restarted: %s"
                                .formatted(
                                        row.spec().shortName(), word, failure.answer().output()));
        var grace =
                failure.probe().terminationGracePeriod().orElse(row.spec().policy().stopTimeout());
        GentleEnd.of(core, supervisor.runner(), row, facts, grace);
    }

    private void unhealthy(ContainerRow row, RunFacts facts) throws InterruptedException {
        switch (row.spec().policy().probes().health().onFailure()) {
            case NONE -> {}
            case KILL -> supervisor.runner().kill(row, facts);
            case STOP -> stop(row);
            case RESTART -> restart(row);
        }
    }

    private void stop(ContainerRow row) throws InterruptedException {
        supervisor.cancel(List.of(row));
        core.store.change(change -> change.editLife(row.id(), life -> life.asked(false)));
        supervisor.stopper().stop(row.pod(), List.of(row), Optional.<Duration>empty());
        supervisor.settle(row.pod());
    }

    /// Whatever its restart policy says.
    private void restart(ContainerRow row) throws InterruptedException {
        stop(row);
        try (var _ = core.locks.take(row.pod())) {
            var pod = core.store.now().pod(row.pod());
            if (pod.isEmpty()) {
                return;
            }
            var restarts = row.life().restarts() + 1;
            core.store.change(change -> {
                change.editPod(row.pod(), it -> it.withRunning(true));
                change.editLife(row.id(), life -> life.asked(true).withRestarts(restarts));
                Blueprint.infraOf(change.now(), row.pod())
                        .ifPresent(infra -> change.editLife(infra.id(), life -> life.asked(true)));
            });
            supervisor.starter().up(List.of(new Starter.Job(pod.get(), List.of(row))));
        }
    }

    @Override
    public void close() {
        var made = probing;
        if (made != null) {
            made.close();
        }
    }
}

package dev.kelpie.engine;

import dev.kelpie.engine.fault.ContainerStateException;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.sandbox.Observation;
import dev.kelpie.engine.sandbox.RunFacts;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.runtime.kernel.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Brings pods and containers down. The wish is in the state before the first signal is sent, so
/// that no restart policy brings back what was told to stop and a crash leaves work that can be
/// carried on. No lock is held while processes get their time.
final class Stopper {

    private static final Duration INFRA_GRACE = Duration.ofSeconds(2);

    private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);

    private final Core core;
    private final Runner runner;

    Stopper(Core core, Runner runner) {
        this.core = core;
        this.runner = runner;
    }

    private record Stopping(ContainerRow row, RunFacts facts, Duration grace) {
        boolean hooked() {
            return grace.isPositive() && GentleEnd.hasHook(row);
        }
    }

    private void tell(Stopping each) throws InterruptedException {
        GentleEnd.tell(core, each.row(), each.facts(), each.grace());
    }

    /// Writes down that these pods shall not run.
    void wish(Collection<String> pods) {
        core.steps.at("stop.intent");
        core.store.change(change -> {
            for (var id : pods) {
                change.editPod(id, pod -> pod.withRunning(false));
                change.now()
                        .members(id)
                        .forEach(row -> change.editLife(row.id(), life -> life.asked(false)));
            }
        });
        core.services.look();
    }

    /// Brings pods down whole, all at once, sandboxes too.
    void down(List<PodRow> pods, Optional<Duration> grace) throws InterruptedException {
        InParallel.each(pods, pod -> downContainers(pod, grace));
        tearDown(pods.stream().map(PodRow::id).toList());
        pods.forEach(pod -> core.mainstays.ended(pod.id()));
    }

    /// Sidecars go last, one after another in reverse order, in what is left of the time.
    private void downContainers(PodRow pod, Optional<Duration> grace) throws InterruptedException {
        var members = core.store.now().members(pod.id());
        var begin = System.nanoTime();
        stop(
                pod.id(),
                members.stream()
                        .filter(row -> row.kind() != ContainerKind.INFRA && !row.sidecar())
                        .toList(),
                grace);
        stopSidecars(pod.id(), grace, begin);
        for (var row : members) {
            if (row.kind() == ContainerKind.INFRA) {
                core.steps.at("stop.infra");
                stop(pod.id(), List.of(row), Optional.of(infraGrace(pod)));
            }
        }
    }

    /// Where systemd takes the infra container's end for its unit's, it shall not look like a
    /// failure; else the quickest way will do.
    private static Duration infraGrace(PodRow pod) {
        var unit = pod.spec().sharing().infraSpec().conmonPidFile();
        return unit.isPresent() ? INFRA_GRACE : Duration.ZERO;
    }

    /// @param begin when the stop of their pod began
    void stopSidecars(String pod, Optional<Duration> grace, long begin)
            throws InterruptedException {
        for (var row : core.store.now().members(pod).reversed()) {
            if (row.sidecar()) {
                core.steps.at("stop.sidecar");
                var whole = grace.orElse(row.spec().policy().stopTimeout());
                var least = whole.compareTo(GentleEnd.LEAST) < 0 ? whole : GentleEnd.LEAST;
                var left = whole.minusNanos(System.nanoTime() - begin);
                stop(pod, List.of(row), Optional.of(left.compareTo(least) < 0 ? least : left));
            }
        }
    }

    /// Stops containers of one pod and cleans up behind each.
    void stop(String pod, List<ContainerRow> rows, Optional<Duration> grace)
            throws InterruptedException {
        var stopping = new ArrayList<Stopping>();
        try (var _ = core.locks.takeToEnd(pod)) {
            for (var row : rows) {
                signal(row, grace).ifPresent(stopping::add);
            }
        }
        core.steps.at("stop.signalled");
        var begin = System.nanoTime();
        InParallel.each(stopping.stream().filter(Stopping::hooked).toList(), this::tell);
        for (var each : stopping) {
            var left = GentleEnd.left(each.row(), each.grace(), begin);
            if (!runner.awaitEnd(each.row(), each.facts(), left)) {
                runner.kill(each.row(), each.facts());
            }
        }
        for (var each : stopping) {
            if (!runner.awaitEnd(each.row(), each.facts(), KILL_PATIENCE)) {
                throw new ContainerStateException(
                        "container '" + each.row().name() + "' does not end after SIGKILL");
            }
        }
        core.steps.at("stop.ended");
        try (var _ = core.locks.takeToEnd(pod)) {
            InParallel.each(rows, runner::finish);
        }
    }

    private Optional<Stopping> signal(ContainerRow row, Optional<Duration> grace)
            throws InterruptedException {
        var patience = grace.orElse(row.spec().policy().stopTimeout());
        return switch (core.observer.observe(row.id())) {
            case Observation.Absent _, Observation.Ended _ -> Optional.empty();
            case Observation.Running(RunFacts facts) -> {
                var stopping = new Stopping(row, facts, patience);
                if (patience.isZero()) {
                    runner.kill(row, facts);
                } else {
                    runner.thaw(row);
                    if (!stopping.hooked()) {
                        core.parts.kernel().signal(facts.init(), GentleEnd.stopSignal(row));
                    }
                }
                yield Optional.of(stopping);
            }
            case Observation.Made(RunFacts facts) -> killed(row, facts);
            case Observation.Orphaned(RunFacts facts) -> killed(row, facts);
        };
    }

    private Optional<Stopping> killed(ContainerRow row, RunFacts facts)
            throws InterruptedException {
        runner.kill(row, facts);
        return Optional.of(new Stopping(row, facts, Duration.ZERO));
    }

    /// Ends the infra container of a pod in which nothing else runs, and takes its sandbox away.
    /// The caller holds the pod's lock.
    void release(PodRow pod) throws InterruptedException {
        for (var row : core.store.now().members(pod.id())) {
            var facts = core.facts.find(row.id());
            if (row.kind() == ContainerKind.INFRA && facts.isPresent()) {
                var grace = infraGrace(pod);
                if (!grace.isZero()) {
                    core.parts.kernel().signal(facts.get().init(), Signal.TERM);
                }
                if (!runner.awaitEnd(row, facts.get(), grace)) {
                    runner.kill(row, facts.get());
                    runner.awaitEnd(row, facts.get(), KILL_PATIENCE);
                }
                runner.finish(row);
            }
        }
        tearDown(List.of(pod.id()));
    }

    /// Takes the network and sandboxes of pods away; those with a container that came up again
    /// meanwhile are left alone.
    void tearDown(List<String> candidates) throws InterruptedException {
        try (var _ = core.locks.takeAll(candidates)) {
            var pods = candidates.stream().filter(this::isDown).toList();
            var attached =
                    pods.stream().flatMap(pod -> core.networks.attachments(pod).stream()).toList();
            core.steps.at("network.release");
            if (!attached.isEmpty()) {
                core.store.change(change -> pods.forEach(change::releaseAddresses));
                core.steps.at("network.detach");
                core.network.detach(attached);
            }
            core.steps.at("sandbox.destroy");
            InParallel.each(pods, core.sandboxes::destroy);
        }
    }

    private boolean isDown(String pod) {
        return core.store.now().members(pod).stream()
                .allMatch(row -> core.observer.observe(row.id()) instanceof Observation.Absent);
    }
}

package dev.kelpie.engine;

import dev.kelpie.engine.probe.Answer;
import dev.kelpie.engine.probe.ProbeBook;
import dev.kelpie.engine.probe.ProbeKind;
import dev.kelpie.engine.probe.ProbeRun;
import dev.kelpie.engine.report.Event;
import dev.kelpie.engine.sandbox.RunFacts;
import dev.kelpie.engine.spec.Probe;
import dev.kelpie.engine.state.ContainerRow;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The probes of all containers that run. Made when the first of them is to be probed.
final class Probing implements AutoCloseable {

    /// Told of a probe that failed for good; must not block.
    @FunctionalInterface
    interface OnFailure {
        void failed(ContainerRow row, RunFacts facts, Failure failure);
    }

    /// What failed.
    record Failure(ProbeKind kind, Probe probe, Answer answer) {}

    private final Core core;
    private final OnFailure onFailure;
    private final Map<String, ProbeRun> runs = new ConcurrentHashMap<>();

    Probing(Core core, OnFailure onFailure) {
        this.core = core;
        this.onFailure = onFailure;
    }

    /// Begins to probe a run, or goes on where an earlier process was.
    void begin(ContainerRow row, RunFacts facts) {
        var started = facts.started().orElseGet(core.clock::instant);
        var run =
                new ProbeRun(
                        row.spec().policy().probes(),
                        started,
                        core.books.recall(row.id()),
                        core.timers,
                        new Questions(core, row, facts),
                        new Reader(row, facts));
        var before = runs.put(row.id(), run);
        if (before != null) {
            before.close();
        }
        run.start();
    }

    void end(String container) {
        var run = runs.remove(container);
        if (run != null) {
            run.close();
        }
        core.books.forget(container);
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /// One health check now; empty for a container that has none or does not run.
    Optional<Answer> askHealth(String container) throws InterruptedException {
        var run = runs.get(container);
        return run == null ? Optional.empty() : run.askHealth();
    }

    private final class Reader implements ProbeRun.Reader {

        private final ContainerRow row;
        private final RunFacts facts;

        Reader(ContainerRow row, RunFacts facts) {
            this.row = row;
            this.facts = facts;
        }

        @Override
        public void wrote(ProbeBook book) {
            note(core.books.find(row.id()), book);
            core.books.write(row.id(), book);
            core.services.look();
        }

        /// A health that changed.
        private void note(ProbeBook before, ProbeBook after) {
            var probes = row.spec().policy().probes();
            var health = after.health(probes).status();
            if (!health.equals(before.health(probes).status())) {
                core.note(row, "health_status", Event.HEALTH, health);
            }
        }

        @Override
        public void failed(ProbeKind kind, Probe probe, Answer answer) {
            onFailure.failed(row, facts, new Failure(kind, probe, answer));
        }
    }

    @Override
    public void close() {
        runs.values().forEach(ProbeRun::close);
        runs.clear();
    }
}

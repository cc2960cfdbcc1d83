package dev.kelpie.engine;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.fault.InitContainerFailedException;
import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.report.ContainerEnd;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.sandbox.Observation;
import dev.kelpie.engine.sandbox.RunFacts;
import dev.kelpie.engine.spec.InitOnce;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/// A pod's init containers in their order: each has to end well, a sidecar to have started, before
/// the next one begins. How far it came is marked in the pod's sandbox, so that who comes next
/// (after a wait, or a crash of the service) goes on from there.
final class Initialization {

    private static final Duration GLANCE = Duration.ofMillis(10);

    private final Core core;
    private final Runner runner;

    Initialization(Core core, Runner runner) {
        this.core = core;
        this.runner = runner;
    }

    static List<ContainerRow> containers(Core core, String pod) {
        return core.store.now().members(pod).stream()
                .filter(row -> row.kind() == ContainerKind.INIT)
                .toList();
    }

    /// The first that is not through yet; empty for a pod that is initialized.
    static Optional<ContainerRow> next(Core core, String pod) {
        return containers(core, pod).stream().filter(row -> !through(core, row)).findFirst();
    }

    /// Whether it has ended well, or as a sidecar has started, since the sandbox was made.
    static boolean through(Core core, ContainerRow row) {
        return Files.exists(mark(core, row)) || isOver(row);
    }

    /// Whether it has done what it is to do once in the pod's life.
    private static boolean isOver(ContainerRow row) {
        return !row.sidecar()
                && InitOnce.isSaid(row.spec().metadata().annotations())
                && row.life().lastEnd().isPresent()
                && endedWell(row);
    }

    /// Whether it was tried since the sandbox was made.
    static boolean tried(Core core, ContainerRow row) {
        var begin = begin(core, row.pod());
        return begin.isPresent()
                && row.life()
                        .lastEnd()
                        .filter(end -> !end.finished().isBefore(begin.get()))
                        .isPresent();
    }

    /// Goes on as far as it can without waiting for a back-off; whether all are through. The caller
    /// holds the pod's lock. Throws when one has failed that is not tried again.
    boolean advance(PodRow pod) throws InterruptedException {
        begin(pod);
        while (true) {
            var next = next(core, pod.id());
            if (next.isEmpty()) {
                return true;
            }
            if (!attempt(pod, next.get())) {
                return false;
            }
        }
    }

    /// Tries one, again if that failed and it is due at once; false when it has to wait.
    private boolean attempt(PodRow pod, ContainerRow first) throws InterruptedException {
        if (first.awaitsImage()) {
            return false;
        }
        while (true) {
            var row = core.store.now().container(first.id()).orElse(first);
            if (runner.finish(row)) {
                row = core.store.now().container(first.id()).orElse(first);
                if (tried(core, row)) {
                    if (endedWell(row) && !row.sidecar()) {
                        mark(row);
                        return true;
                    }
                    if (!Restarting.initAgain(row)) {
                        throw new InitContainerFailedException(row.name(), exitCode(row));
                    }
                    if (BackOff.due(row.life(), core.clock.instant())
                            .isAfter(core.clock.instant())) {
                        return false;
                    }
                    core.store.change(c -> c.editLife(first.id(), BackOff::restarted));
                }
                core.steps.at("init.run");
                runner.make(pod, row);
            }
            if (core.observer.observe(row.id()) instanceof Observation.Made) {
                runner.start(row);
                runner.afterStart(row, true);
            }
            if (await(pod, row)) {
                mark(row);
                return true;
            }
        }
    }

    /// Until a sidecar has started, or any other ended: whether it is through.
    private boolean await(PodRow pod, ContainerRow row) throws InterruptedException {
        var facts = core.facts.find(row.id());
        try (var _ = core.locks.lend(pod.id())) {
            return facts.isPresent() && await(pod, row, facts.get());
        }
    }

    private boolean await(PodRow pod, ContainerRow row, RunFacts facts)
            throws InterruptedException {
        var probes = row.spec().policy().probes();
        while (true) {
            if (row.sidecar()
                    && core.observer.observe(row.id()) instanceof Observation.Running
                    && core.books.find(row.id()).started(probes)) {
                return true;
            }
            if (ended(row, facts)) {
                return false;
            }
            if (core.locks.isToEnd(pod.id())) {
                throw new InvalidRequestException(
                        "start of pod '"
                                + pod.name()
                                + "' was given up: told to stop while init container '"
                                + row.name()
                                + "' ran");
            }
        }
    }

    private boolean ended(ContainerRow row, RunFacts facts) throws InterruptedException {
        return runner.awaitEnd(row, facts, GLANCE);
    }

    private static boolean endedWell(ContainerRow row) {
        return exitCode(row) == 0;
    }

    private static int exitCode(ContainerRow row) {
        return row.life().lastEnd().map(ContainerEnd::exitCode).orElse(-1);
    }

    private void begin(PodRow pod) {
        var file = core.files.initialized(pod.id()).resolve("begin");
        if (!Files.exists(file)) {
            // the kernel stamps files with a clock that is some milliseconds behind
            write(file, core.clock.instant().minusMillis(20).toString());
        }
    }

    private static Optional<Instant> begin(Core core, String pod) {
        try {
            var text = Files.readString(core.files.initialized(pod).resolve("begin"));
            return Optional.of(Instant.parse(text));
        } catch (IOException | DateTimeParseException _) {
            return Optional.empty(); // not begun
        }
    }

    private void mark(ContainerRow row) {
        write(mark(core, row), "");
    }

    private static Path mark(Core core, ContainerRow row) {
        return core.files.initialized(row.pod()).resolve(row.id());
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new EngineIoException("cannot write '" + file + "'", e);
        }
    }
}

package dev.kelpie.engine.probe;

import dev.kelpie.engine.report.ProbeResult;
import dev.kelpie.engine.spec.HealthCheck;
import dev.kelpie.engine.spec.Probe;
import dev.kelpie.engine.spec.Probes;
import dev.kelpie.engine.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The probes of one run of a container: asks each in its time and keeps the book. A startup probe
/// holds the others back until it has passed; one that has failed for good asks nothing more, since
/// its container is to be killed.
public final class ProbeRun implements AutoCloseable {

    /// Told what the book says.
    public interface Reader {
        /// After each answer that changes something.
        void wrote(ProbeBook book);

        /// A probe has failed for good.
        void failed(ProbeKind kind, Probe probe, Answer answer);
    }

    private static final int LOG_KEPT = 5;

    private final Probes probes;
    private final Instant begin;
    private final Timers timers;
    private final Asker asker;
    private final Reader reader;
    private final Map<ProbeKind, Probe> asked = new EnumMap<>(ProbeKind.class);
    private final Map<ProbeKind, Timers.Timer> due = new EnumMap<>(ProbeKind.class);
    private ProbeBook book;
    private boolean over;

    /// @param begin when the container's command was let go
    /// @param book what an earlier process found of this very run
    public ProbeRun(
            Probes probes,
            Instant begin,
            ProbeBook book,
            Timers timers,
            Asker asker,
            Reader reader) {
        this.probes = probes;
        this.begin = begin;
        this.book = book;
        this.timers = timers;
        this.asker = asker;
        this.reader = reader;
        probes.startup().ifPresent(probe -> asked.put(ProbeKind.STARTUP, probe));
        probes.liveness().ifPresent(probe -> asked.put(ProbeKind.LIVENESS, probe));
        probes.readiness().ifPresent(probe -> asked.put(ProbeKind.READINESS, probe));
        if (!probes.health().off()) {
            asked.put(ProbeKind.HEALTH, probes.health().probe());
            probes.health().startup().ifPresent(p -> asked.put(ProbeKind.HEALTH_STARTUP, p));
        }
    }

    /// Begins to ask.
    public synchronized void start() {
        var lost = asked.keySet().stream().anyMatch(kind -> fatal(kind) && failed(kind));
        if (lost) {
            over = true; // found by a process that died before it could act
            asked.forEach((kind, probe) -> {
                if (fatal(kind) && failed(kind)) {
                    reader.failed(kind, probe, Answer.failed("probe failed"));
                }
            });
            return;
        }
        asked.forEach((kind, probe) -> {
            if (isOpen(kind)) {
                plan(kind, firstTime(kind, probe));
            }
        });
    }

    public synchronized ProbeBook book() {
        return book;
    }

    /// A question beyond the schedule (`healthcheck run`); the answer counts like any other. The
    /// health check, or of Kubernetes' probes the one that tells most.
    public Optional<Answer> askHealth() throws InterruptedException {
        for (var kind :
                List.of(
                        ProbeKind.HEALTH_STARTUP,
                        ProbeKind.HEALTH,
                        ProbeKind.STARTUP,
                        ProbeKind.LIVENESS,
                        ProbeKind.READINESS)) {
            var probe = asked.get(kind);
            if (probe != null && open(kind, probe)) {
                return Optional.of(ask(kind, probe));
            }
        }
        return Optional.empty();
    }

    private synchronized boolean open(ProbeKind kind, Probe probe) {
        return isOpen(kind) && !begin.plus(probe.initialDelay()).isAfter(timers.instant());
    }

    private boolean failed(ProbeKind kind) {
        return book.verdict(kind) == Verdict.FAILED;
    }

    /// Whether a failure ends the container.
    private static boolean fatal(ProbeKind kind) {
        return switch (kind) {
            case STARTUP, LIVENESS, HEALTH_STARTUP -> true;
            case READINESS, HEALTH -> false;
        };
    }

    /// A gate that has passed is not asked again, nor is anything behind one that has not.
    private boolean isOpen(ProbeKind kind) {
        if (kind.isGate()) {
            return book.verdict(kind) != Verdict.PASSED;
        }
        var gate = kind.gate().filter(asked::containsKey);
        return gate.isEmpty() || book.verdict(gate.get()) == Verdict.PASSED;
    }

    private Instant firstTime(ProbeKind kind, Probe probe) {
        // Podman's first check comes at once, unless it is told to
        var earliest = begin.plus(probe.initialDelay());
        var now = timers.instant();
        var later = kind == ProbeKind.HEALTH && book.tally(kind).inRow() > 0;
        var wait = later ? now.plus(probe.period()) : now;
        return earliest.isAfter(wait) ? earliest : wait;
    }

    private void plan(ProbeKind kind, Instant time) {
        due.put(kind, timers.at(time, () -> turn(kind, time)));
    }

    private void turn(ProbeKind kind, Instant planned) throws InterruptedException {
        var probe = asked.get(kind);
        synchronized (this) {
            if (over || probe == null || !isOpen(kind)) {
                return;
            }
        }
        ask(kind, probe);
        synchronized (this) {
            if (!over && isOpen(kind)) {
                var next = planned.plus(probe.period());
                var now = timers.instant();
                plan(kind, next.isAfter(now) ? next : now);
            }
        }
    }

    private Answer ask(ProbeKind kind, Probe probe) throws InterruptedException {
        var start = timers.instant();
        var answer = asker.ask(probe.handler(), probe.timeout());
        note(kind, probe, start, answer);
        return answer;
    }

    private synchronized void note(ProbeKind kind, Probe probe, Instant start, Answer answer) {
        if (over) {
            return;
        }
        var before = book.tally(kind);
        var after = excused(kind, start, answer) ? before : before.after(answer.passed(), probe);
        var output = cut(kind, answer.output());
        var result =
                new ProbeResult(kind.word(), start, timers.instant(), answer.exitCode(), output);
        var logs = kind == ProbeKind.HEALTH || kind == ProbeKind.HEALTH_STARTUP;
        var changed = !after.equals(before);
        if (changed || logs || !answer.passed()) {
            book = book.with(kind, after, result, kept());
            if (changed || logs) {
                reader.wrote(book);
            }
        }
        if (after.verdict() == Verdict.FAILED && (changed || kind == ProbeKind.HEALTH)) {
            fail(kind, probe, answer, before);
        } else if (kind.isGate() && after.verdict() == Verdict.PASSED) {
            open(kind);
        }
    }

    private void fail(ProbeKind kind, Probe probe, Answer answer, Tally before) {
        if (fatal(kind)) {
            over = true;
            reader.failed(kind, probe, answer);
        } else if (before.verdict() != Verdict.FAILED) {
            reader.failed(kind, probe, answer);
        }
    }

    /// In the start period of a health check failures do not count, until it has passed once.
    private boolean excused(ProbeKind kind, Instant start, Answer answer) {
        if (kind != ProbeKind.HEALTH || answer.passed()) {
            return false;
        }
        var period = probes.health().startPeriod().orElse(Duration.ZERO);
        return book.verdict(kind) == Verdict.UNKNOWN && start.isBefore(begin.plus(period));
    }

    /// What waited for this gate is asked at once.
    private void open(ProbeKind gate) {
        asked.forEach((kind, probe) -> {
            if (kind.gate().filter(gate::equals).isPresent()) {
                plan(kind, firstTime(kind, probe));
            }
        });
    }

    private int kept() {
        return probes.health().off() ? LOG_KEPT : probes.health().log().count();
    }

    private String cut(ProbeKind kind, String output) {
        var health = kind == ProbeKind.HEALTH || kind == ProbeKind.HEALTH_STARTUP;
        var most = health ? probes.health().log().size() : HealthCheck.HealthLog.USUAL.size();
        return most > 0 && output.length() > most ? output.substring(0, most) : output;
    }

    @Override
    public synchronized void close() {
        over = true;
        due.values().forEach(Timers.Timer::cancel);
    }
}

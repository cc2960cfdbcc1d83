package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.ContainerRun;
import dev.kelpie.engine.sandbox.Observation;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.State;
import dev.kelpie.runtime.conmon.AttachSession;
import dev.kelpie.runtime.conmon.LogReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads what containers wrote.
final class Logs {

    private final Core core;

    Logs(Core core) {
        this.core = core;
    }

    /// Times of files are those of the clock's last tick: what a run wrote last may look younger
    /// than its end. The next run does not begin that soon.
    private static final Duration TICK = Duration.ofMillis(10);

    void read(ContainerRow row, LogRequest request, LogSink lines) throws InterruptedException {
        var reader = new LogReader(core.files.conmon(row.id()).log());
        if (request.previous()) {
            readPrevious(row, request, lines);
            return;
        }
        var tail =
                request.tail().isPresent()
                        ? Optional.of(request.tail().getAsInt())
                        : Optional.<Integer>empty();
        var wanted = new LogReader.Wanted(tail, request.since(), request.until());
        if (request.follow()) {
            reader.follow(
                    wanted, () -> isOver(row.id()), line -> lines.line(of(line)), lines::caughtUp);
        } else if (tail.filter(count -> count == 0).isEmpty()) {
            reader.read(wanted, line -> lines.line(of(line)));
        }
        lines.caughtUp();
    }

    /// All runs share a file: the one before is what lies between the end of the one before that
    /// and its own end.
    private void readPrevious(ContainerRow row, LogRequest request, LogSink lines) {
        var runs = core.store.now().container(row.id()).orElse(row).life().runs();
        int at = previous(row, runs);
        var begin =
                at == 0
                        ? request.since()
                        : Optional.of(runs.get(at - 1).end().finished().plus(TICK).plusNanos(1));
        var since = Stream.of(request.since(), begin).flatMap(Optional::stream);
        var end = Optional.of(runs.get(at).end().finished().plus(TICK));
        var until = Stream.of(request.until(), end).flatMap(Optional::stream);
        var wanted =
                new LogReader.Wanted(
                        Optional.empty(),
                        since.max(Comparator.naturalOrder()),
                        until.min(Comparator.naturalOrder()));
        var last = new ArrayDeque<LogLine>();
        var most = request.tail().orElse(Integer.MAX_VALUE);
        var reader = new LogReader(core.files.conmon(row.id()).log());
        reader.read(
                wanted,
                line -> {
                    if (most == Integer.MAX_VALUE) {
                        lines.line(of(line));
                        return;
                    }
                    last.addLast(of(line));
                    if (last.size() > most) {
                        last.removeFirst();
                    }
                });
        last.forEach(lines::line);
        lines.caughtUp();
    }

    /// Which of the ended runs is the one before the present one; a container that is down for good
    /// shows its last run as the present one.
    private int previous(ContainerRow row, List<ContainerRun> runs) {
        boolean down = core.observer.observe(row.id()) instanceof Observation.Absent;
        int at = runs.size() - (down && isOver(row.id()) ? 2 : 1);
        if (at < 0) {
            throw new InvalidRequestException(
                    "previous terminated container '" + row.name() + "' not found");
        }
        return at;
    }

    /// It has ended and its policy does not bring it back.
    private boolean isOver(String id) {
        var state = core.store.now();
        var row = state.container(id);
        return row.isEmpty()
                || switch (core.observer.observe(id)) {
                    case Observation.Absent _, Observation.Ended _ ->
                            state.pod(row.get().pod())
                                    .filter(pod -> comesYet(state, pod, row.get()))
                                    .isEmpty();
                    case Observation.Made _, Observation.Running _, Observation.Orphaned _ -> false;
                };
    }

    /// It waits for its restart, or for the init containers before its first start.
    private static boolean comesYet(State state, PodRow pod, ContainerRow row) {
        if (row.life().lastEnd().isPresent()) {
            return Restarting.isDue(pod, row) || (pod.running() && isTriedAgain(row));
        }
        return row.life().wanted()
                && pod.running()
                && state.members(pod.id()).stream()
                        .filter(each -> each.kind() == ContainerKind.INIT)
                        .noneMatch(init -> hasFailed(init) && !isTriedAgain(init));
    }

    private static boolean isTriedAgain(ContainerRow row) {
        return !row.sidecar() && hasFailed(row) && Restarting.initAgain(row);
    }

    private static boolean hasFailed(ContainerRow row) {
        return row.life().lastEnd().filter(end -> end.exitCode() != 0).isPresent();
    }

    private static LogLine of(dev.kelpie.runtime.conmon.LogLine line) {
        var text = line.text();
        return new LogLine(
                line.time(),
                line.stream() == AttachSession.Stream.STDERR,
                new String(
                        text.array(),
                        text.arrayOffset() + text.position(),
                        text.remaining(),
                        StandardCharsets.ISO_8859_1),
                line.complete());
    }
}

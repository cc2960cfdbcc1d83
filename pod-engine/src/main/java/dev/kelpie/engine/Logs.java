package dev.kelpie.engine;

import dev.kelpie.engine.sandbox.Observation;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.runtime.conmon.AttachSession;
import dev.kelpie.runtime.conmon.LogReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads what containers wrote.
final class Logs {

    private final Core core;

    Logs(Core core) {
        this.core = core;
    }

    void read(ContainerRow row, LogRequest request, Consumer<LogLine> lines)
            throws InterruptedException {
        var reader = new LogReader(core.files.conmon(row.id()).log());
        var tail =
                request.tail().isPresent()
                        ? Optional.of(request.tail().getAsInt())
                        : Optional.<Integer>empty();
        var wanted = new LogReader.Wanted(tail, request.since(), request.until());
        if (request.follow()) {
            reader.follow(wanted, () -> isDown(row.id()), line -> lines.accept(of(line)));
        } else if (tail.filter(count -> count == 0).isEmpty()) {
            reader.read(wanted, line -> lines.accept(of(line)));
        }
    }

    private boolean isDown(String id) {
        return core.store.now().container(id).isEmpty()
                || switch (core.observer.observe(id)) {
                    case Observation.Absent _, Observation.Ended _ -> true;
                    case Observation.Made _, Observation.Running _, Observation.Orphaned _ -> false;
                };
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

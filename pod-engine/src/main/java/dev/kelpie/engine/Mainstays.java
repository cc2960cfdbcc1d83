package dev.kelpie.engine;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.report.ContainerEnd;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.spec.ShortId;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.State;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.Mainstay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The processes that stand for played applications in their systemd units: each ends when the last
/// of its pods has.
///
/// Each has a folder of this boot, with the pipe it waits at and the ids of its pods; whoever of us
/// comes next reads them.
final class Mainstays {
    private static final String PIPE = "end";
    private static final String PODS = "pods";

    private final Path root;
    private final Supplier<State> state;
    private final Map<Path, Stay> stays = new ConcurrentHashMap<>();

    /// What stands for which pods.
    private record Stay(Path folder, ExitCodes codes, List<String> pods) {}

    Mainstays(Path root, Supplier<State> state) {
        this.root = root;
        this.state = state;
    }

    /// Reads what earlier services of this boot have left.
    void recall() {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (var folders = Files.list(root)) {
            folders.forEach(this::read);
        } catch (IOException e) {
            throw new EngineIoException("cannot read '" + root + "'", e);
        }
        List.copyOf(stays.values()).forEach(this::look);
    }

    private void read(Path folder) {
        try {
            var lines = Files.readAllLines(folder.resolve(PODS));
            var codes = ExitCodes.valueOf(lines.getFirst());
            stays.put(folder, new Stay(folder, codes, lines.subList(1, lines.size())));
        } catch (IOException | IllegalArgumentException | java.util.NoSuchElementException _) {
            remove(folder); // half made: nobody waits for it
        }
    }

    /// Starts one for these pods; its process id.
    int start(List<String> pods, ExitCodes codes, String group) throws InterruptedException {
        var folder = root.resolve(ShortId.of(Ids.fresh()));
        try {
            Files.createDirectories(folder);
            var process = Mainstay.start(folder.resolve(PIPE), group);
            var lines = new ArrayList<>(List.of(codes.name()));
            lines.addAll(pods);
            Files.write(folder.resolve(PODS), lines);
            var stay = new Stay(folder, codes, List.copyOf(pods));
            stays.put(folder, stay);
            look(stay); // it may be over already
            return process;
        } catch (IOException e) {
            remove(folder);
            throw new EngineIoException("cannot write '" + folder + "'", e);
        } catch (HostException e) {
            remove(folder);
            throw e;
        }
    }

    /// A pod has ended or is gone.
    void ended(String pod) {
        for (var stay : stays.values()) {
            if (stay.pods().contains(pod)) {
                look(stay);
            }
        }
    }

    private void look(Stay stay) {
        var now = state.get();
        boolean runs =
                stay.pods().stream().flatMap(id -> now.pod(id).stream()).anyMatch(PodRow::running);
        if (!runs && stays.remove(stay.folder(), stay)) {
            Mainstay.end(stay.folder().resolve(PIPE), code(now, stay));
            remove(stay.folder());
        }
    }

    private static int code(State now, Stay stay) {
        var ends =
                stay.pods().stream()
                        .flatMap(pod -> now.members(pod).stream())
                        .filter(row ->
                                row.kind() == ContainerKind.APP && !row.life().stoppedByUser())
                        .flatMap(Mainstays::end)
                        .toList();
        return stay.codes().of(ends);
    }

    private static Stream<Integer> end(ContainerRow row) {
        return row.life().lastEnd().map(ContainerEnd::exitCode).stream();
    }

    private static void remove(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(PODS));
            Files.deleteIfExists(folder.resolve(PIPE));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            System.getLogger(Mainstays.class.getName())
                    .log(System.Logger.Level.DEBUG, "cannot remove '" + folder + "'", e);
        }
    }
}

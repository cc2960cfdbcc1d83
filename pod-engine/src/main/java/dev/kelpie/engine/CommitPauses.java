package dev.kelpie.engine;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.state.ContainerRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/// Containers that stand still for a commit and no longer. A file in the run root tells the next
/// service of them, should this one be killed meanwhile.
final class CommitPauses {

    private static final String FILE = "paused-for-commit";

    private final Core core;
    private final Measures measures;

    CommitPauses(Core core, Measures measures) {
        this.core = core;
        this.measures = measures;
    }

    /// Pauses one that runs; whether that was needed. One that cannot be paused goes on.
    boolean begin(String container) throws InterruptedException {
        var noted = new ArrayList<ContainerRow>();
        try {
            return measures.pauseIfRunning(
                    container,
                    row -> {
                        noted.add(row);
                        write(file(row));
                        core.steps.at("commit.pause");
                    });
        } catch (RuntimeException | InterruptedException e) {
            for (var row : noted) {
                Undisturbed.run(() -> end(row));
            }
            throw e;
        }
    }

    /// Lets it go on, unless somebody has done so or it has ended.
    void end(ContainerRow row) throws InterruptedException {
        measures.unpauseIfPaused(row.id());
        try {
            Files.deleteIfExists(file(row));
        } catch (IOException e) {
            throw new EngineIoException("cannot remove '" + file(row) + "'", e);
        }
    }

    /// Lets those go on that a killed service has left.
    void endAll() throws InterruptedException {
        for (var row : core.store.now().containers().values()) {
            if (Files.exists(file(row))) {
                end(row);
            }
        }
    }

    private Path file(ContainerRow row) {
        return core.files.runContainer(row.id()).resolve(FILE);
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new EngineIoException("cannot write '" + file + "'", e);
        }
    }
}

package dev.kelpie.engine.step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Names the steps of everything the engine does, so that a test can let the process die at each of
/// them (`KELPIE_CRASH_AT=NAME[:N]`, at the N-th time; `KELPIE_STEP_LOG=FILE` lists the names as
/// they are reached). Each is also read as a system property, `kelpie.crash.at`, `kelpie.step.log`.
public final class Steps {

    /// Does nothing.
    public static final Steps SILENT = new Steps(Optional.empty(), 1, Optional.empty());

    private final Optional<String> crashAt;
    private final AtomicInteger passesLeft;
    private final Optional<Path> log;

    private Steps(Optional<String> crashAt, int passes, Optional<Path> log) {
        this.crashAt = crashAt;
        this.passesLeft = new AtomicInteger(passes);
        this.log = log;
    }

    /// As the environment or the system properties say.
    public static Steps fromEnvironment() {
        var crash = setting("kelpie.crash.at", "KELPIE_CRASH_AT");
        var log = setting("kelpie.step.log", "KELPIE_STEP_LOG").map(Path::of);
        return crash.isEmpty() && log.isEmpty() ? SILENT : parse(crash, log);
    }

    private static Steps parse(Optional<String> crash, Optional<Path> log) {
        var colon = crash.map(text -> text.lastIndexOf(':')).orElse(-1);
        if (crash.isEmpty() || colon < 0) {
            return new Steps(crash, 1, log);
        }
        var count = Integer.parseInt(crash.get().substring(colon + 1));
        return new Steps(crash.map(text -> text.substring(0, colon)), count, log);
    }

    /// Called before each step: notes its name, or ends the process on the spot as `kill -9` would.
    public void at(String name) {
        log.ifPresent(file -> note(file, name));
        if (crashAt.filter(name::equals).isPresent() && passesLeft.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(137);
        }
    }

    private static synchronized void note(Path file, String name) {
        try {
            Files.writeString(
                    file,
                    name + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> setting(String property, String variable) {
        return Optional.ofNullable(System.getProperty(property, System.getenv(variable)))
                .filter(text -> !text.isBlank());
    }
}

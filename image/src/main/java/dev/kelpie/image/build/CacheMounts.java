package dev.kelpie.image.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/// Directories that `RUN --mount=type=cache` keeps between builds, and who uses which.
final class CacheMounts {

    /// @param sharing `shared`, `private` (one of its own when others use it) or `locked` (waits)
    record Wanted(String id, String sharing, int mode, Ownership owner) {}

    /// Users of directories, by path; one lock for each that somebody has alone.
    private static final Map<Path, Semaphore> ALONE = new HashMap<>();

    private CacheMounts() {}

    /// A directory in use.
    record Use(Path directory, java.util.Optional<Semaphore> alone) implements AutoCloseable {
        @Override
        public void close() {
            alone.ifPresent(Semaphore::release);
        }
    }

    static Use take(Path all, Wanted wanted) throws IOException, InterruptedException {
        var directory = all.resolve(RunMounts.idOf(wanted.id()).hex());
        if (wanted.sharing().equals("shared")) {
            return new Use(made(directory, wanted), java.util.Optional.empty());
        }
        if (wanted.sharing().equals("locked")) {
            var lock = lock(directory);
            lock.acquire();
            return new Use(made(directory, wanted), java.util.Optional.of(lock));
        }
        for (var number = 0; ; number++) {
            var one = number == 0 ? directory : all.resolve(directory.getFileName() + "-" + number);
            var lock = lock(one);
            if (lock.tryAcquire()) {
                return new Use(made(one, wanted), java.util.Optional.of(lock));
            }
        }
    }

    private static Semaphore lock(Path directory) {
        synchronized (ALONE) {
            return ALONE.computeIfAbsent(directory, any -> new Semaphore(1));
        }
    }

    private static Path made(Path directory, Wanted wanted) throws IOException {
        synchronized (ALONE) {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
                Files.setAttribute(directory, "unix:uid", (int) wanted.owner().uid());
                Files.setAttribute(directory, "unix:gid", (int) wanted.owner().gid());
                Files.setAttribute(directory, "unix:mode", wanted.mode());
            }
            return directory;
        }
    }
}

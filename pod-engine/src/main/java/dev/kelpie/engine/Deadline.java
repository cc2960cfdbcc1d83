package dev.kelpie.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// Work that is interrupted when its time is over.
final class Deadline {

    private Deadline() {}

    /// Work with a result.
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException, InterruptedException;
    }

    /// Its result; empty when it was interrupted because its time was over.
    static <T> Optional<T> within(Duration longest, Work<T> work) throws InterruptedException {
        var over = new AtomicBoolean();
        var worker = Thread.currentThread();
        var done = new AtomicBoolean();
        var watchdog =
                Thread.startVirtualThread(() -> {
                    try {
                        Thread.sleep(longest);
                        synchronized (done) {
                            if (!done.get()) {
                                over.set(true);
                                worker.interrupt();
                            }
                        }
                    } catch (InterruptedException _) {
                        return; // done in time
                    }
                });
        try {
            return Optional.of(work.run());
        } catch (InterruptedException e) {
            if (!over.get()) {
                throw e;
            }
            return Optional.empty();
        } catch (IOException e) {
            if (over.get()) {
                return Optional.empty();
            }
            throw new dev.kelpie.engine.fault.EngineIoException("cannot read its output", e);
        } finally {
            synchronized (done) {
                done.set(true);
            }
            watchdog.interrupt();
            if (over.get()) {
                var _ = Thread.interrupted(); // meant for the work alone
            }
        }
    }
}

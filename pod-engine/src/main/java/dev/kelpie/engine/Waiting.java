package dev.kelpie.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waiting with an end.
final class Waiting {

    private Waiting() {}

    /// Whether it came to pass within this time.
    static boolean await(CompletableFuture<Void> event, Duration longest)
            throws InterruptedException {
        try {
            event.get(Math.max(0, longest.toNanos()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException _) {
            return event.isDone();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}

package dev.kelpie.runtime.kernel;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Waits for the end of any number of foreign processes, and for pipes and sockets of theirs, in
/// one thread. One per engine.
public final class ExitWatch implements AutoCloseable {

    private final PollLoop loop = new PollLoop();

    /// A future that completes when the process has ended, at once if it already has; dependants
    /// that are not quick must be given an executor of their own. Cancelling it is fine.
    public CompletableFuture<Void> ended(ProcessIdentity process) {
        var pidfd = process.pidfd();
        if (pidfd.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        var ended = loop.ready(pidfd.get(), Fd.POLLIN);
        // not the dependent future is given back, so that cancelling closes the pidfd too
        var _ = ended.whenComplete((_, _) -> pidfd.get().close());
        return ended;
    }

    /// Waits until the process has ended, at most so long; whether it has.
    public boolean await(ProcessIdentity process, Duration longest) throws InterruptedException {
        return loop.await(ended(process), longest);
    }

    PollLoop loop() {
        return loop;
    }

    @Override
    public void close() {
        loop.close();
    }
}

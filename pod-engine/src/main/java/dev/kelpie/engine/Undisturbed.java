package dev.kelpie.engine;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Work on the host that must not be left halfway: an OCI runtime that is interrupted in the middle
/// leaves a cgroup, a mount or a process that nobody wrote down. An interrupt that comes meanwhile
/// is thrown when the work has ended.
final class Undisturbed {

    private Undisturbed() {}

    /// Work without a result.
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    /// Does the work whole; what it throws is thrown as it is.
    ///
    /// @throws InterruptedException after the work, when somebody interrupted it
    static void run(Work work) throws InterruptedException {
        var whole =
                new FutureTask<>(() -> {
                    work.run();
                    return true;
                });
        Thread.ofVirtual().start(whole);
        if (awaitEnd(whole)) {
            throw new InterruptedException();
        }
    }

    /// Whether somebody interrupted the waiting.
    private static boolean awaitEnd(FutureTask<?> whole) throws InterruptedException {
        var interrupted = false;
        while (true) {
            try {
                whole.get();
                return interrupted || Thread.interrupted();
            } catch (InterruptedException _) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw InParallel.unwrapped(e);
            }
        }
    }
}

package dev.kelpie.runtime.network;

import dev.kelpie.runtime.HostException;
import org.jspecify.annotations.Nullable;

/// One task on a virtual thread of its own while the caller does something else. nft mostly waits
/// for the kernel (15 ms of grace periods), so links are made meanwhile.
final class Alongside {

    /// What may fail as everything here does.
    @FunctionalInterface
    interface Task {
        void run() throws InterruptedException;
    }

    private final Thread thread;
    private volatile @Nullable RuntimeException failure;
    private volatile boolean done;

    private Alongside(Task task) {
        thread = Thread.ofVirtual().unstarted(() -> run(task));
    }

    static Alongside start(Task task) {
        var alongside = new Alongside(task);
        alongside.thread.start();
        return alongside;
    }

    /// Waits until the task has ended, and throws what it threw. An interrupt ends the task too.
    void await() throws InterruptedException {
        end();
        var thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        if (!done) {
            throw new InterruptedException();
        }
    }

    /// Waits until the task has ended, well or not: for when something else has failed already.
    void end() throws InterruptedException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            thread.interrupt();
            thread.join();
            throw e;
        }
    }

    private void run(Task task) {
        try {
            task.run();
            done = true;
        } catch (HostException | IllegalArgumentException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

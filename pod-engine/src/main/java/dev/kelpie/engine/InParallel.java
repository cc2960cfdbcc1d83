package dev.kelpie.engine;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs tasks side by side, each on a virtual thread. Stands in for `StructuredTaskScope`, which is
/// a preview in JDK 25.
final class InParallel {

    private InParallel() {}

    /// A task without a result.
    @FunctionalInterface
    interface Task<T> {
        void run(T on) throws InterruptedException;
    }

    /// Runs every task and gives their results in order. The first failure interrupts the others
    /// and is thrown as it is; no task outlives this call.
    static <T> List<T> all(List<? extends Callable<T>> tasks) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var finished = new ExecutorCompletionService<T>(threads);
            var running = tasks.stream().map(finished::submit).toList();
            try {
                for (int i = 0; i < running.size(); i++) {
                    finished.take().get();
                }
                return running.stream().map(Future::resultNow).toList();
            } catch (ExecutionException e) {
                throw unwrapped(e);
            } finally {
                running.forEach(task -> task.cancel(true));
            }
        }
    }

    /// Does the same to each, side by side; all or the first failure, as `all`.
    static <T> void each(List<T> items, Task<T> task) throws InterruptedException {
        if (items.size() <= 1) {
            for (var item : items) {
                task.run(item);
            }
            return;
        }
        all(
                items.stream()
                        .<Callable<Boolean>>map(item ->
                                () -> {
                                    task.run(item);
                                    return true;
                                })
                        .toList());
    }

    /// What a task threw, as it was.
    static RuntimeException unwrapped(ExecutionException e) throws InterruptedException {
        return switch (e.getCause()) {
            case RuntimeException cause -> cause;
            case InterruptedException cause -> throw cause;
            case Error cause -> throw cause;
            case null, default -> new IllegalStateException(e);
        };
    }
}

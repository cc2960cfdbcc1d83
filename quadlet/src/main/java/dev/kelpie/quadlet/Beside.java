package dev.kelpie.quadlet;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Does the last part of a work on another thread, in the order in which it comes in.
final class Beside<T> {
    /// As much as is worth a thread's start.
    private static final int BATCH = 64;

    private final Consumer<T> work;
    private CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    private List<T> batch = new ArrayList<>(BATCH);

    Beside(Consumer<T> work) {
        this.work = work;
    }

    void add(T item) {
        batch.add(item);
        if (batch.size() == BATCH) {
            var full = batch;
            batch = new ArrayList<>(BATCH);
            done = done.thenRunAsync(() -> full.forEach(work), task -> new Thread(task).start());
        }
    }

    /// Does what is left, and waits for the rest.
    void finish() {
        done.join();
        batch.forEach(work);
    }
}

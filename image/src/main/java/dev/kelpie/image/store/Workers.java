package dev.kelpie.image.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Does the layers of one image, or the stages of a build, at the same time, the first begun first.
/// Platform threads: a layer is file and processor work, which would hold a virtual thread's
/// carrier. The first failure interrupts the others, and nothing runs on after the call.
public final class Workers {

    private static final int AT_ONCE = 4;

    /// One layer's work.
    @FunctionalInterface
    public interface Task {
        void run() throws InterruptedException;
    }

    private final ConcurrentLinkedQueue<Task> tasks;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();

    private final int atOnce;

    private Workers(List<? extends Task> tasks, int atOnce) {
        this.atOnce = atOnce;
        this.tasks = new ConcurrentLinkedQueue<>(tasks);
    }

    /// Runs all; throws the first failure, or [InterruptedException] when the caller is
    /// interrupted.
    public static void run(List<? extends Task> tasks) throws InterruptedException {
        run(tasks, AT_ONCE);
    }

    /// The same with so many at once, at most.
    public static void run(List<? extends Task> tasks, int atOnce) throws InterruptedException {
        new Workers(tasks, atOnce).runAll();
    }

    private void runAll() throws InterruptedException {
        var count = Math.min(atOnce, tasks.size());
        for (var i = 0; i < count; i++) {
            threads.add(Thread.ofPlatform().name("layer-" + i).unstarted(this::work));
        }
        threads.forEach(Thread::start);
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            fail(e);
            joinUninterruptibly();
            throw e;
        }
        switch (failure.get()) {
            case null -> {}
            case RuntimeException e -> throw e;
            case InterruptedException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private void work() {
        try {
            for (var task = tasks.poll();
                    task != null && failure.get() == null;
                    task = tasks.poll()) {
                task.run();
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private void fail(Throwable cause) {
        if (failure.compareAndSet(null, cause)) {
            threads.forEach(Thread::interrupt);
        }
    }

    private void joinUninterruptibly() {
        for (var thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException again) {
                    thread.interrupt();
                }
            }
        }
    }
}

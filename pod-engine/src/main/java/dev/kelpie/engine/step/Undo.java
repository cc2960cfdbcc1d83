package dev.kelpie.engine.step;

import java.util.ArrayDeque;
import java.util.Deque;

/// How to take back what was done so far, the last thing first. Closing takes everything back
/// unless `keep` was called. Steps may be added from several threads.
public final class Undo implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Undo.class.getName());

    /// One thing taken back; whatever it meets, it goes as far as it can.
    @FunctionalInterface
    public interface Action {
        void run() throws InterruptedException;
    }

    private record Step(String name, Action action) {}

    private final Deque<Step> steps = new ArrayDeque<>();
    private boolean kept;

    /// Remembers how to take back what is about to be done: add before doing, since a step that
    /// failed half-way needs it too.
    public void add(String name, Action action) {
        synchronized (steps) {
            steps.push(new Step(name, action));
        }
    }

    /// All went well: nothing will be taken back.
    public void keep() {
        synchronized (steps) {
            kept = true;
        }
    }

    /// Takes back; a failure to do so is logged, the rest goes on, an interrupt waits till the end.
    @Override
    public void close() {
        var interrupted = Thread.interrupted();
        while (true) {
            Step step;
            synchronized (steps) {
                if (kept || steps.isEmpty()) {
                    break;
                }
                step = steps.pop();
            }
            try {
                step.action().run();
            } catch (InterruptedException _) {
                interrupted = true;
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "cannot undo '" + step.name() + "'", e);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

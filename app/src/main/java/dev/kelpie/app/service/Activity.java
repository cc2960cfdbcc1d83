package dev.kelpie.app.service;

import java.util.concurrent.atomic.AtomicInteger;

/// Counts what keeps the service busy: sessions, requests, containers' ends being handled.
public final class Activity {
    private final AtomicInteger running = new AtomicInteger();
    private volatile long lastNanos = System.nanoTime();

    /// A piece of work that is under way.
    public interface Work extends AutoCloseable {
        @Override
        void close();
    }

    /// Begins one piece of work; it ends when closed, once.
    public Work begin() {
        running.incrementAndGet();
        return new Piece();
    }

    /// Whether anything is under way.
    public boolean isBusy() {
        return running.get() > 0;
    }

    /// Nanoseconds since anything was under way; 0 when something is.
    public long idleNanos() {
        return isBusy() ? 0 : System.nanoTime() - lastNanos;
    }

    private final class Piece implements Work {
        private final AtomicInteger left = new AtomicInteger(1);

        @Override
        public void close() {
            if (left.getAndSet(0) == 1) {
                lastNanos = System.nanoTime();
                running.decrementAndGet();
            }
        }
    }
}

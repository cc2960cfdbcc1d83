package dev.kelpie.engine.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// On a clock of the wall; what waits is a virtual thread that sleeps.
public final class SystemTimers implements Timers {

    private final InstantSource clock;

    public SystemTimers(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }

    @Override
    public Timer after(Duration delay, Work work) {
        var sleeper = new Sleeper(delay, work);
        sleeper.thread = Thread.startVirtualThread(sleeper);
        return sleeper;
    }

    private static final class Sleeper implements Runnable, Timer {

        private final Duration delay;
        private final Work work;
        private volatile Thread thread = Thread.currentThread();
        private boolean begun;
        private boolean cancelled;

        Sleeper(Duration delay, Work work) {
            this.delay = delay;
            this.work = work;
        }

        @Override
        public void run() {
            try {
                if (delay.isPositive()) {
                    Thread.sleep(delay);
                }
                if (begin()) {
                    work.run();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        private synchronized boolean begin() {
            begun = true;
            return !cancelled;
        }

        @Override
        public synchronized void cancel() {
            cancelled = true;
            if (!begun) {
                thread.interrupt();
            }
        }
    }
}

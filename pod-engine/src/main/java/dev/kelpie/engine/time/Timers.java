package dev.kelpie.engine.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Does things later. A test's own lets its time pass at will.
public interface Timers extends InstantSource {

    /// Something that is due.
    interface Timer {
        /// It is not done any more, unless it has begun.
        void cancel();
    }

    /// Work that may be given up.
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    /// Does it once this time has passed, at once when it has passed already; never in the caller's
    /// thread.
    Timer after(Duration delay, Work work);

    /// Does it at this time.
    default Timer at(Instant due, Work work) {
        return after(Duration.between(instant(), due), work);
    }
}

package dev.kelpie.engine;

/// Takes the lines of a log.
@FunctionalInterface
public interface LogSink {

    void line(LogLine line);

    /// All that was there when the reading began has been handed over; may come twice.
    default void caughtUp() {}
}

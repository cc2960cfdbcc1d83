package dev.kelpie.app.service;

import java.time.Duration;

/// What a command may ask of the service it runs in.
public interface ServiceControl {
    /// Sets how long the service stays with nothing to do; zero: for ever.
    void idleTime(Duration time);

    /// How long it stays now.
    Duration idleTime();

    /// Ends the service in good order; containers go on. Returns at once, sessions are cut a moment
    /// later.
    void stop();
}

package dev.kelpie.engine;

import java.time.Duration;
import java.util.Optional;

/// How to stop.
///
/// @param grace from the stop signal to SIGKILL; empty: what each container's policy says
/// @param ignoreMissing what is not there is no failure
public record StopOptions(Optional<Duration> grace, boolean ignoreMissing) {
    public static final StopOptions DEFAULT = new StopOptions(Optional.empty(), false);
}

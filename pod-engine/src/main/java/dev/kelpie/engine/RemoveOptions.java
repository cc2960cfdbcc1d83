package dev.kelpie.engine;

import java.time.Duration;
import java.util.Optional;

/// How to remove.
///
/// @param force running ones are stopped first; what is not there is no failure
/// @param volumes remove their anonymous volumes as well
/// @param ignoreMissing what is not there is no failure
/// @param grace with force: from the stop signal to SIGKILL; empty: what each policy says
public record RemoveOptions(
        boolean force, boolean volumes, boolean ignoreMissing, Optional<Duration> grace) {
    public static final RemoveOptions DEFAULT =
            new RemoveOptions(false, false, false, Optional.empty());
    public static final RemoveOptions FORCE =
            new RemoveOptions(true, false, false, Optional.empty());
}

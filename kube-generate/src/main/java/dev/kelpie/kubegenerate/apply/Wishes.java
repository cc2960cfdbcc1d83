package dev.kelpie.kubegenerate.apply;

import java.time.Duration;
import java.util.Optional;

/// How objects are applied.
///
/// @param namespace for those that name none
/// @param dryRun the server checks and changes nothing
/// @param force takes fields over that another manager has
/// @param patience how long to wait for what was applied to be ready; empty for not at all
public record Wishes(
        Optional<String> namespace, boolean dryRun, boolean force, Optional<Duration> patience) {
    /// Nothing special.
    public static final Wishes NONE = new Wishes(Optional.empty(), false, false, Optional.empty());
}

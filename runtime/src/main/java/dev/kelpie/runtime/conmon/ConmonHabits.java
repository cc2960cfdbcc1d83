package dev.kelpie.runtime.conmon;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What else a conmon does for its container.
///
/// @param logs where output goes besides the k8s-file log: `journald:`, or `none` alone for nowhere
/// @param logMaxBytes when the log grows beyond, conmon starts it anew
/// @param logTag a name for its lines in the journal
/// @param notifySocket of the host: what the container sends to `notify/notify.sock` of its bundle,
///   conmon passes on there (sd_notify(3))
/// @param longestRun after that it kills the container
public record ConmonHabits(
        List<String> logs,
        OptionalLong logMaxBytes,
        Optional<String> logTag,
        Optional<Path> notifySocket,
        Optional<Duration> longestRun) {
    /// The k8s-file log alone.
    public static final ConmonHabits USUAL =
            new ConmonHabits(
                    List.of(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    public ConmonHabits {
        logs = List.copyOf(logs);
    }
}

package dev.kelpie.engine.spec;

import java.util.Optional;

/// What is done besides a container's command when it begins and ends.
///
/// @param postStart right after its start; a failure kills it
/// @param preStop before it is told to stop, within its grace period
/// @param message where it may say why it ended
public record Lifecycle(
        Optional<Handler.OfHook> postStart,
        Optional<Handler.OfHook> preStop,
        Optional<TerminationMessage> message) {

    public static final Lifecycle NONE =
            new Lifecycle(Optional.empty(), Optional.empty(), Optional.empty());

    /// The file in which a container leaves a last word.
    ///
    /// @param path within the container
    /// @param fallbackToLogs one that failed without a word is quoted from its log
    public record TerminationMessage(String path, boolean fallbackToLogs) {
        public static final TerminationMessage USUAL =
                new TerminationMessage("/dev/termination-log", false);
    }
}

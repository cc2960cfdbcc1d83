package dev.kelpie.engine.spec;

import java.util.Objects;
import java.util.Optional;

/// What is done besides a container's command when it begins and ends.
///
/// @param postStart right after its start; a failure kills it
/// @param preStop before it is told to stop, within its grace period
/// @param message where it may say why it ended
public record Lifecycle(
        Optional<Handler.OfHook> postStart,
        Optional<Handler.OfHook> preStop,
        Optional<TerminationMessage> message,
        Manner manner) {

    public static final Lifecycle NONE =
            new Lifecycle(Optional.empty(), Optional.empty(), Optional.empty());

    /// In the usual manner.
    public Lifecycle(
            Optional<Handler.OfHook> postStart,
            Optional<Handler.OfHook> preStop,
            Optional<TerminationMessage> message) {
        this(postStart, preStop, message, Manner.USUAL);
    }

    public Lifecycle {
        // rows that an earlier version wrote have none
        manner = Objects.requireNonNullElse(manner, Manner.USUAL);
    }

    /// The same in another manner.
    public Lifecycle withManner(Manner other) {
        return new Lifecycle(postStart, preStop, message, other);
    }

    /// The file in which a container leaves a last word.
    ///
    /// @param path within the container
    /// @param fallbackToLogs one that failed without a word is quoted from its log
    public record TerminationMessage(String path, boolean fallbackToLogs) {
        public static final TerminationMessage USUAL =
                new TerminationMessage("/dev/termination-log", false);
    }
}

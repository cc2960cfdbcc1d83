package dev.kelpie.engine.report;

import java.time.Instant;
import java.util.Objects;

/// How a container's last run ended.
///
/// @param exitCode 128+n for signal n; -1 when its monitor was lost and nobody knows
/// @param oomKilled killed by the kernel for want of memory
/// @param error why it could not be started; empty when it ran
/// @param reason in the kubelet's words: `Completed`, `Error`, `OOMKilled`, `StartError`, …
/// @param message what the container said of it itself, or why it was ended
public record ContainerEnd(
        int exitCode,
        Instant finished,
        boolean oomKilled,
        String error,
        String reason,
        String message) {

    public ContainerEnd {
        error = Objects.requireNonNullElse(error, "");
        // rows that an earlier version wrote have neither
        reason = Objects.requireNonNullElse(reason, usualReason(exitCode, oomKilled, error));
        message = Objects.requireNonNullElse(message, error);
    }

    /// One whose reason follows from the rest.
    public ContainerEnd(int exitCode, Instant finished, boolean oomKilled, String error) {
        this(exitCode, finished, oomKilled, error, usualReason(exitCode, oomKilled, error), error);
    }

    /// The same with a word of the container's own.
    public ContainerEnd withMessage(String text) {
        return new ContainerEnd(exitCode, finished, oomKilled, error, reason, text);
    }

    private static String usualReason(int exitCode, boolean oomKilled, String error) {
        if (oomKilled) {
            return "OOMKilled";
        }
        if (exitCode == -1) {
            return "ContainerStatusUnknown";
        }
        if (error != null && !error.isEmpty()) {
            return "StartError";
        }
        return exitCode == 0 ? "Completed" : "Error";
    }
}

package dev.kelpie.app.command.image;

import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.Times;
import dev.kelpie.image.registry.Access;
import dev.kelpie.image.registry.PullOptions;
import picocli.CommandLine.Option;

/// Flags on how often a registry is asked.
public final class RetryFlags {
    @Option(names = "--retry", description = "Attempts after the first")
    int retry = -1;

    @Option(
            names = "--retry-delay",
            description = "Time between attempts: 5s (default: one that grows)")
    String retryDelay = "";

    /// The options with what was given.
    PullOptions on(PullOptions options) {
        if (retry < -1) {
            throw FlagException.meaning("--retry must not be negative, was \"" + retry + "\"");
        }
        return options.withAccess(on(options.access()));
    }

    /// The access with what was given.
    Access on(Access access) {
        var often = retry >= 0 ? access.withRetries(retry) : access;
        return retryDelay.isEmpty()
                ? often
                : often.withPause(Times.span("--retry-delay", retryDelay));
    }
}

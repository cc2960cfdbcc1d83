package dev.kelpie.app.command.measure;

import dev.kelpie.app.flag.FlagException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The flags of `stats` and `pod stats`.
final class StatsFlags {
    @Option(
            names = {"-a", "--all"},
            arity = "0..1",
            description = "All running ones")
    boolean all;

    @Option(names = "--format", description = "Go template, or json")
    Optional<String> format = Optional.empty();

    @Option(
            names = {"-i", "--interval"},
            description = "Seconds between two samples (default 5)")
    int interval = 5;

    @Option(
            names = {"-l", "--latest"},
            arity = "0..1",
            description = "The one made last")
    boolean latest;

    @Option(names = "--no-reset", arity = "0..1", description = "Do not clear the screen between")
    boolean noReset;

    @Option(names = "--no-stream", arity = "0..1", description = "Show one sample and end")
    boolean noStream;

    @Option(names = "--no-trunc", arity = "0..1", description = "Ids in full")
    boolean noTrunc;

    /// JSON is for programs, which want one answer.
    boolean streams() {
        return !noStream && format.filter(typed -> typed.strip().equals("json")).isEmpty();
    }

    Duration pause() {
        if (interval < 1) {
            throw FlagException.meaning("--interval must be at least 1, was " + interval);
        }
        return Duration.ofSeconds(interval);
    }
}

package dev.kelpie.app.command.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.Times;
import dev.kelpie.engine.spec.HealthCheck;
import dev.kelpie.engine.spec.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Flags on how a new container's health is checked; what they leave open is the image's.
final class HealthFlags {
    private static final String NONE = "none";

    @Option(names = "--health-cmd", description = "Command that tells whether it is healthy")
    String command = "";

    @Option(names = "--health-interval", description = "Time between checks (default 30s)")
    String interval = "";

    @Option(names = "--health-retries", description = "Failures that make it unhealthy (default 3)")
    int retries;

    @Option(names = "--health-timeout", description = "Time a check may take (default 30s)")
    String timeout = "";

    @Option(names = "--health-start-period", description = "Time in which failures do not count")
    String startPeriod = "";

    @Option(names = "--health-on-failure", description = "none, kill, restart or stop it")
    String onFailure = NONE;

    @Option(names = "--health-max-log-count", description = "Checks that are kept (default 5)")
    int maxLogCount = HealthCheck.HealthLog.USUAL.count();

    @Option(names = "--health-max-log-size", description = "Characters kept of each (default 500)")
    int maxLogSize = HealthCheck.HealthLog.USUAL.size();

    @Option(
            names = "--health-startup-cmd",
            description = "Command that tells whether it has started")
    String startupCommand = "";

    @Option(names = "--health-startup-interval", description = "Time between these checks")
    String startupInterval = "";

    @Option(
            names = "--health-startup-retries",
            description = "Failures after which it is restarted")
    int startupRetries;

    @Option(names = "--health-startup-success", description = "Successes that are needed")
    int startupSuccess;

    @Option(names = "--health-startup-timeout", description = "Time such a check may take")
    String startupTimeout = "";

    @Option(names = "--no-healthcheck", arity = "0..1", description = "Check nothing")
    boolean off;

    /// Whether anything was said.
    boolean given() {
        return off
                || !(command + interval + timeout + startPeriod + startupCommand).isEmpty()
                || retries > 0
                || !onFailure.equals(NONE)
                || maxLogCount != HealthCheck.HealthLog.USUAL.count()
                || maxLogSize != HealthCheck.HealthLog.USUAL.size();
    }

    HealthCheck check() {
        if (off && !command.isEmpty()) {
            throw FlagException.meaning("cannot specify both --no-healthcheck and --health-cmd");
        }
        if (off || command.equalsIgnoreCase(NONE)) {
            return HealthCheck.OFF;
        }
        return new HealthCheck(
                test(command),
                duration("--health-interval", interval),
                duration("--health-timeout", timeout),
                duration("--health-start-period", startPeriod),
                retries > 0 ? Optional.of(retries) : Optional.empty(),
                onFailure(),
                startup(),
                new HealthCheck.HealthLog(maxLogCount, maxLogSize));
    }

    /// One line for the shell, or a JSON list of words.
    private static List<String> test(String command) {
        if (command.isEmpty()) {
            return List.of();
        }
        if (command.startsWith("[")) {
            try {
                var words = new ObjectMapper().readValue(command, String[].class);
                var test = new ArrayList<String>();
                if (words.length == 0 || !words[0].startsWith("CMD")) {
                    test.add("CMD");
                }
                test.addAll(List.of(words));
                return test;
            } catch (JsonProcessingException _) {
                return List.of("CMD-SHELL", command);
            }
        }
        return List.of("CMD-SHELL", command);
    }

    private Optional<Probe> startup() {
        if (startupCommand.isEmpty()) {
            return Optional.empty();
        }
        var once =
                new HealthCheck(
                        test(startupCommand),
                        duration("--health-startup-interval", startupInterval),
                        duration("--health-startup-timeout", startupTimeout),
                        Optional.empty(),
                        Optional.of(startupRetries > 0 ? startupRetries : Integer.MAX_VALUE),
                        HealthCheck.OnFailure.NONE,
                        Optional.empty(),
                        HealthCheck.HealthLog.USUAL);
        var probe = once.probe();
        return Optional.of(
                new Probe(
                        probe.handler(),
                        Duration.ZERO,
                        probe.timeout(),
                        probe.period(),
                        Math.max(1, startupSuccess),
                        probe.failureThreshold(),
                        Optional.empty()));
    }

    private HealthCheck.OnFailure onFailure() {
        return switch (onFailure) {
            case NONE, "" -> HealthCheck.OnFailure.NONE;
            case "kill" -> HealthCheck.OnFailure.KILL;
            case "restart" -> HealthCheck.OnFailure.RESTART;
            case "stop" -> HealthCheck.OnFailure.STOP;
            default ->
                    throw FlagException.meaning(
                            "invalid on-failure action \""
                                    + onFailure.toLowerCase(Locale.ROOT)
                                    + "\" for health check: supported actions are none,kill,restart,stop");
        };
    }

    private static Optional<Duration> duration(String flag, String text) {
        if (text.isEmpty() || text.equals("disable")) {
            return Optional.empty();
        }
        var duration = Times.span(flag, text);
        if (!duration.isPositive() && !flag.equals("--health-start-period")) {
            throw FlagException.meaning(flag + " must be more than 0, was \"" + text + "\"");
        }
        return Optional.of(duration);
    }
}

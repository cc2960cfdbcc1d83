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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Flags on how a new container's health is checked; what they leave open is the image's.
final class HealthFlags {
    private static final String NONE = "none";

    @Option(names = "--health-cmd", description = "Command that tells whether it is healthy")
    String command = "";

    @Option(names = "--health-interval", description = "Time between checks (default 30s)")
    String interval = "";

    @Option(names = "--health-retries", description = "Failures that make it unhealthy (default 3)")
    @Nullable Integer retries;

    @Option(names = "--health-timeout", description = "Time a check may take (default 30s)")
    String timeout = "";

    @Option(names = "--health-start-period", description = "Time in which failures do not count")
    String startPeriod = "";

    @Option(names = "--health-on-failure", description = "none, kill, restart or stop it")
    @Nullable String onFailure;

    @Option(names = "--health-max-log-count", description = "Checks that are kept (default 5)")
    @Nullable Integer maxLogCount;

    @Option(names = "--health-max-log-size", description = "Characters kept of each (default 500)")
    @Nullable Integer maxLogSize;

    @Option(
            names = "--health-startup-cmd",
            description = "Command that tells whether it has started")
    String startupCommand = "";

    @Option(names = "--health-startup-interval", description = "Time between these checks")
    String startupInterval = "";

    @Option(
            names = "--health-startup-retries",
            description = "Failures after which it is restarted")
    @Nullable Integer startupRetries;

    @Option(names = "--health-startup-success", description = "Successes that are needed")
    @Nullable Integer startupSuccess;

    @Option(names = "--health-startup-timeout", description = "Time such a check may take")
    String startupTimeout = "";

    @Option(names = "--no-healthcheck", arity = "0..1", description = "Check nothing")
    boolean off;

    /// Whether anything was said.
    private boolean given() {
        return off
                || !(command + interval + timeout + startPeriod).isEmpty()
                || retries != null
                || onFailure != null
                || maxLogCount != null
                || maxLogSize != null
                || startupGiven();
    }

    private boolean startupGiven() {
        return !(startupCommand + startupInterval + startupTimeout).isEmpty()
                || startupRetries != null
                || startupSuccess != null;
    }

    /// The check of a container that is there, with what was said in the place of what it has.
    HealthCheck over(HealthCheck old) {
        if (!given()) {
            return old;
        }
        if (startupGiven() && startupCommand.isEmpty() && old.startup().isEmpty()) {
            throw FlagException.meaning(
                    "the container has no startup health check: say it with --health-startup-cmd");
        }
        var wanted = check(old);
        return wanted.off() ? wanted : wanted.over(Optional.of(old));
    }

    HealthCheck check() {
        return check(HealthCheck.OF_IMAGE);
    }

    private HealthCheck check(HealthCheck otherwise) {
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
                Optional.ofNullable(retries).filter(it -> it > 0),
                onFailure == null ? otherwise.onFailure() : onFailure(onFailure),
                startup(otherwise.startup()),
                new HealthCheck.HealthLog(
                        Optional.ofNullable(maxLogCount).orElse(otherwise.log().count()),
                        Optional.ofNullable(maxLogSize).orElse(otherwise.log().size())));
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

    private Optional<Probe> startup(Optional<Probe> old) {
        if (startupCommand.isEmpty() && old.isEmpty()) {
            return old;
        }
        var asked = question(startupCommand);
        var base = old.orElse(asked);
        return Optional.of(
                new Probe(
                        startupCommand.isEmpty() ? base.handler() : asked.handler(),
                        Duration.ZERO,
                        duration("--health-startup-timeout", startupTimeout).orElse(base.timeout()),
                        duration("--health-startup-interval", startupInterval)
                                .orElse(base.period()),
                        startupSuccess == null
                                ? base.successThreshold()
                                : Math.max(1, startupSuccess),
                        startupRetries == null ? base.failureThreshold() : endless(startupRetries),
                        Optional.empty()));
    }

    private static int endless(int retries) {
        return retries > 0 ? retries : Integer.MAX_VALUE;
    }

    /// Asked as usual, without end.
    private static Probe question(String command) {
        return new HealthCheck(
                        test(command),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Integer.MAX_VALUE),
                        HealthCheck.OnFailure.NONE,
                        Optional.empty(),
                        HealthCheck.HealthLog.USUAL)
                .probe();
    }

    private static HealthCheck.OnFailure onFailure(String word) {
        return switch (word) {
            case NONE, "" -> HealthCheck.OnFailure.NONE;
            case "kill" -> HealthCheck.OnFailure.KILL;
            case "restart" -> HealthCheck.OnFailure.RESTART;
            case "stop" -> HealthCheck.OnFailure.STOP;
            default ->
                    throw FlagException.meaning(
                            "invalid on-failure action \""
                                    + word.toLowerCase(Locale.ROOT)
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

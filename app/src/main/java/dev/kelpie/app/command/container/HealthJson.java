package dev.kelpie.app.command.container;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.format.HumanTime;
import dev.kelpie.engine.report.Health;
import dev.kelpie.engine.spec.HealthCheck;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Health checks and what they found, as `inspect` shows them.
final class HealthJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private HealthJson() {}

    static ObjectNode of(Optional<Health> health) {
        var json = JSON.objectNode();
        json.put("Status", health.map(Health::status).orElse(""));
        json.put("FailingStreak", health.map(Health::failingStreak).orElse(0));
        var log = json.putArray("Log");
        for (var result : health.map(Health::log).orElse(List.of())) {
            log.addObject()
                    .put("Start", HumanTime.stamp(result.start()))
                    .put("End", HumanTime.stamp(result.end()))
                    .put("ExitCode", result.exitCode())
                    .put("Output", result.output())
                    .put("Kind", result.kind());
        }
        return json;
    }

    /// The `Healthcheck` part of `Config`, where there is one.
    static void config(ObjectNode config, HealthCheck check) {
        config.put("HealthcheckOnFailureAction", check.onFailure().name().toLowerCase(Locale.ROOT));
        if (check.off()) {
            return;
        }
        var probe = check.probe();
        var json = config.putObject("Healthcheck");
        check.test().forEach(json.putArray("Test")::add);
        json.put("StartPeriod", check.startPeriod().orElse(Duration.ZERO).toNanos());
        json.put("Interval", probe.period().toNanos());
        json.put("Timeout", probe.timeout().toNanos());
        json.put("Retries", probe.failureThreshold());
        check.startup()
                .ifPresent(startup ->
                        config.putObject("StartupHealthCheck")
                                .put("Interval", startup.period().toNanos())
                                .put("Timeout", startup.timeout().toNanos())
                                .put("Retries", startup.failureThreshold())
                                .put("Successes", startup.successThreshold()));
    }
}

package dev.kelpie.image.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.image.spec.HealthCheck;
import java.time.Duration;
import java.util.Optional;

/// `Healthcheck` of an image's configuration: times in nanoseconds, 0 for what is left open.
final class HealthCheckJson {

    private HealthCheckJson() {}

    static Optional<HealthCheck> parse(JsonNode json) {
        if (!json.isObject()) {
            return Optional.empty();
        }
        var retries = json.path("Retries").asInt(0);
        return Optional.of(
                new HealthCheck(
                        ImageJson.list(json.path("Test"), "Healthcheck.Test"),
                        duration(json.path("Interval")),
                        duration(json.path("Timeout")),
                        duration(json.path("StartPeriod")),
                        duration(json.path("StartInterval")),
                        retries > 0 ? Optional.of(retries) : Optional.empty()));
    }

    static void write(Optional<HealthCheck> check, ObjectNode onto) {
        onto.remove("Healthcheck");
        if (check.isEmpty()) {
            return;
        }
        var json = onto.putObject("Healthcheck");
        if (!check.get().test().isEmpty()) {
            check.get().test().forEach(json.putArray("Test")::add);
        }
        put(json, "Interval", check.get().interval());
        put(json, "Timeout", check.get().timeout());
        put(json, "StartPeriod", check.get().startPeriod());
        put(json, "StartInterval", check.get().startInterval());
        check.get().retries().ifPresent(count -> json.put("Retries", count));
    }

    private static void put(ObjectNode json, String key, Optional<Duration> time) {
        time.ifPresent(value -> json.put(key, value.toNanos()));
    }

    private static Optional<Duration> duration(JsonNode nanos) {
        return nanos.asLong(0) > 0
                ? Optional.of(Duration.ofNanos(nanos.asLong()))
                : Optional.empty();
    }
}

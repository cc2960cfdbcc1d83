package dev.kelpie.app.command.unit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kelpie.engine.spec.HealthCheck;
import dev.kelpie.engine.spec.Probes;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// How a container's health is checked, as `.container` files say it.
final class HealthText {
    private HealthText() {}

    static void write(UnitText text, Probes probes, Consumer<String> losses) {
        if (!probes.kubernetes().isEmpty()) {
            losses.accept("probes of Kubernetes");
        }
        var check = probes.health();
        if (check.off() || check.test().isEmpty()) {
            return;
        }
        var array = JsonNodeFactory.instance.arrayNode();
        check.test().forEach(array::add);
        text.add("HealthCmd", array.toString());
        span(text, "HealthInterval", check.interval());
        span(text, "HealthTimeout", check.timeout());
        span(text, "HealthStartPeriod", check.startPeriod());
        check.retries().ifPresent(most -> text.add("HealthRetries", Integer.toString(most)));
        if (check.onFailure() != HealthCheck.OnFailure.NONE) {
            text.add("HealthOnFailure", check.onFailure().name().toLowerCase(Locale.ROOT));
        }
    }

    private static void span(UnitText text, String key, Optional<Duration> time) {
        time.ifPresent(span -> text.add(key, span.toMillis() + "ms"));
    }
}

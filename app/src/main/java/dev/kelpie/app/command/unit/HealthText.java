package dev.kelpie.app.command.unit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kelpie.engine.spec.Handler;
import dev.kelpie.engine.spec.HealthCheck;
import dev.kelpie.engine.spec.Probe;
import dev.kelpie.engine.spec.Probes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
        if (check.off()) {
            text.add("HealthCmd", "none");
            return;
        }
        if (!check.test().isEmpty()) {
            text.add("HealthCmd", json(check.test()));
        }
        span(text, "HealthInterval", check.interval());
        span(text, "HealthTimeout", check.timeout());
        span(text, "HealthStartPeriod", check.startPeriod());
        check.retries().ifPresent(most -> text.add("HealthRetries", Integer.toString(most)));
        if (check.onFailure() != HealthCheck.OnFailure.NONE) {
            text.add("HealthOnFailure", check.onFailure().name().toLowerCase(Locale.ROOT));
        }
        if (!check.log().equals(HealthCheck.HealthLog.USUAL)) {
            text.add("HealthMaxLogCount", Integer.toString(check.log().count()));
            text.add("HealthMaxLogSize", Integer.toString(check.log().size()));
        }
        check.startup().ifPresent(probe -> startup(text, probe, losses));
    }

    private static void startup(UnitText text, Probe probe, Consumer<String> losses) {
        if (!(probe.handler() instanceof Handler.Exec(List<String> command))) {
            losses.accept("probes of Kubernetes");
            return;
        }
        var words = new ArrayList<>(List.of("CMD"));
        words.addAll(command);
        text.add("HealthStartupCmd", json(words));
        text.add("HealthStartupInterval", probe.period().toMillis() + "ms");
        text.add("HealthStartupTimeout", probe.timeout().toMillis() + "ms");
        text.add("HealthStartupSuccess", Integer.toString(probe.successThreshold()));
        if (probe.failureThreshold() != Integer.MAX_VALUE) {
            text.add("HealthStartupRetries", Integer.toString(probe.failureThreshold()));
        }
    }

    private static String json(List<String> words) {
        var array = JsonNodeFactory.instance.arrayNode();
        words.forEach(array::add);
        return array.toString();
    }

    private static void span(UnitText text, String key, Optional<Duration> time) {
        time.ifPresent(span -> text.add(key, span.toMillis() + "ms"));
    }
}

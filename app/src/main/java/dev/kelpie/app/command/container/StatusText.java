package dev.kelpie.app.command.container;

import dev.kelpie.app.format.HumanTime;
import dev.kelpie.engine.report.ContainerEnd;
import dev.kelpie.engine.report.ContainerState;
import dev.kelpie.engine.report.Waiting;
import java.time.Duration;
import java.time.Instant;

/// A container's state as the STATUS column has it: `Up 3 seconds`, `Exited (0) 2 minutes ago`.
final class StatusText {
    private StatusText() {}

    static String of(ContainerState state, Instant now) {
        return switch (state.status()) {
            case CREATED -> "Created" + image(state);
            case INITIALIZED -> "Initialized";
            case RUNNING -> "Up " + since(state.started().orElse(now), now) + health(state);
            case PAUSED -> "Paused";
            case STOPPING -> "Stopping";
            case REMOVING -> "Removing";
            case EXITED ->
                    state.end()
                            .map(end -> exited(end, now))
                            .orElse("Exited (" + state.exitCode() + ")");
        };
    }

    /// ` (ImagePullBackOff)`.
    private static String image(ContainerState state) {
        return state.standing()
                .waiting()
                .map(Waiting::reason)
                .filter(reason -> reason.contains("Image"))
                .map(reason -> " (" + reason + ")")
                .orElse("");
    }

    private static String health(ContainerState state) {
        return state.health().map(health -> " (" + health.status() + ")").orElse("");
    }

    private static String exited(ContainerEnd end, Instant now) {
        return "Exited (" + end.exitCode() + ") " + HumanTime.ago(end.finished(), now);
    }

    private static String since(Instant then, Instant now) {
        return HumanTime.span(Duration.between(then, now));
    }
}

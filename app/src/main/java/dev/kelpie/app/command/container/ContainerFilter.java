package dev.kelpie.app.command.container;

import dev.kelpie.app.flag.Filter;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.Times;
import dev.kelpie.engine.report.ContainerSummary;
import dev.kelpie.engine.report.PodReference;
import dev.kelpie.engine.spec.RestartPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The filters of `ps` and its kin.
final class ContainerFilter {
    static final Set<String> KEYS =
            Set.of(
                    "id",
                    "label",
                    "label!",
                    "name",
                    "exited",
                    "status",
                    "ancestor",
                    "volume",
                    "until",
                    "pod",
                    "network",
                    "health",
                    "restart-policy",
                    "command");

    private static final List<String> STATES =
            List.of(
                    "created",
                    "initialized",
                    "running",
                    "stopped",
                    "paused",
                    "exited",
                    "removing",
                    "stopping",
                    "unknown");

    private ContainerFilter() {}

    static boolean passes(Filter filter, ContainerSummary container, Instant now) {
        return filter.passes((key, value) -> holds(container, key, value, now));
    }

    private static String health(ContainerSummary container) {
        return container.state().health().map(found -> found.status()).orElse("none");
    }

    private static boolean holds(
            ContainerSummary container, String key, String value, Instant now) {
        return switch (key) {
            case "id" -> Filter.hasId(container.id(), value);
            case "name" -> Filter.matches(container.name(), value);
            case "label" -> Filter.hasLabel(container.labels(), value);
            case "label!" -> !Filter.hasLabel(container.labels(), value);
            case "status" -> status(container).equals(known(value));
            case "health" -> health(container).equals(value);
            case "exited" ->
                    container
                            .state()
                            .end()
                            .filter(end -> Integer.toString(end.exitCode()).equals(value))
                            .isPresent();
            case "ancestor" -> isAncestor(container, value);
            case "volume" ->
                    container.connections().mounts().stream()
                            .anyMatch(mount ->
                                    mount.name().equals(value)
                                            || mount.source().equals(value)
                                            || mount.destination().equals(value));
            case "until" -> container.state().created().isBefore(Times.moment("until", value, now));
            case "pod" -> container.pod().filter(pod -> isPod(pod, value)).isPresent();
            case "network" ->
                    container.connections().networks().stream()
                            .anyMatch(network -> network.network().equals(value));
            case "restart-policy" -> policy(container).equals(value);
            case "command" ->
                    !container.command().isEmpty() && container.command().getFirst().equals(value);
            default -> true;
        };
    }

    private static boolean isPod(PodReference pod, String value) {
        return pod.name().equals(value) || (!value.isEmpty() && pod.id().startsWith(value));
    }

    private static String known(String status) {
        if (!STATES.contains(status)) {
            throw FlagException.meaning("\"" + status + "\" is not a container status");
        }
        return status.equals("stopped") ? "exited" : status;
    }

    private static String status(ContainerSummary container) {
        return container.state().status().word();
    }

    private static String policy(ContainerSummary container) {
        var policy = container.spec().policy().restartPolicy();
        return policy == RestartPolicy.NEVER
                ? "no"
                : policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// By id, by full name, or by name without registry, folders or tag.
    private static boolean isAncestor(ContainerSummary container, String value) {
        var image = container.image();
        if (value.length() >= 3 && image.id().startsWith(value)) {
            return true;
        }
        var name = image.name();
        return name.equals(value)
                || name.endsWith("/" + value)
                || name.equals(value + ":latest")
                || name.endsWith("/" + value + ":latest")
                || name.replaceFirst(":[^/:]+$", "").endsWith("/" + value);
    }
}

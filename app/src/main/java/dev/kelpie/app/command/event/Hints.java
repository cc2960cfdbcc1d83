package dev.kelpie.app.command.event;

import dev.kelpie.engine.report.ContainerEnd;
import dev.kelpie.engine.report.ContainerState;
import dev.kelpie.engine.report.Event;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// What to do next, from what is known.
final class Hints {
    private Hints() {}

    static List<String> of(String name, List<Diagnosis.Part> parts, List<Event> events) {
        var hints = new LinkedHashSet<String>();
        for (var part : parts) {
            part.state().ifPresent(state -> hints.addAll(of(part.name(), state)));
        }
        for (var event : events) {
            if (event.action().equals("pull-error")) {
                hints.add(
                        "check the name of image "
                                + event.name()
                                + " and the login for its registry: kelpie pull "
                                + event.name());
            }
        }
        if (parts.isEmpty()) {
            hints.add(
                    "kelpie events --stream=false --filter pod="
                            + name
                            + " tells all that is known");
        }
        return List.copyOf(hints);
    }

    private static List<String> of(String name, ContainerState state) {
        var hints = new ArrayList<String>();
        end(state).flatMap(end -> of(name, end)).ifPresent(hints::add);
        state.standing()
                .waiting()
                .flatMap(waiting -> ofReason(name, waiting.reason()))
                .ifPresent(hints::add);
        boolean failing =
                state.health().stream()
                        .flatMap(health -> health.log().reversed().stream().limit(1))
                        .anyMatch(last -> !last.passed());
        if (failing && state.running()) {
            hints.add("try what the probe asks from inside: kelpie exec -it " + name + " sh");
        }
        return hints;
    }

    private static Optional<ContainerEnd> end(ContainerState state) {
        var runs = state.standing().runs();
        return state.end()
                .or(() -> runs.isEmpty() ? Optional.empty() : Optional.of(runs.getLast().end()));
    }

    private static Optional<String> of(String name, ContainerEnd end) {
        if (end.oomKilled()) {
            return Optional.of(
                    name
                            + " ran out of memory: raise its resources.limits.memory, or look for a leak");
        }
        return switch (end.exitCode()) {
            case 0 -> Optional.empty();
            case 126 -> Optional.of("the command of " + name + " is no program that can be run");
            case 127 -> Optional.of("the image of " + name + " has no such command");
            case 137 ->
                    Optional.of(
                            name
                                    + " was killed (SIGKILL): it did not end in time when it was"
                                    + " stopped, or somebody killed it");
            case 143 -> Optional.of(name + " was told to end (SIGTERM) and did");
            default ->
                    Optional.of(
                            name
                                    + " failed by itself; what it wrote before: kelpie logs "
                                    + name
                                    + ", of the run before: kelpie logs --previous "
                                    + name);
        };
    }

    private static Optional<String> ofReason(String name, String reason) {
        return switch (reason) {
            case "CreateContainerConfigError" ->
                    Optional.of(
                            name
                                    + " refers to a ConfigMap or Secret, or a key of one, that is not"
                                    + " there");
            case "CreateContainerError" ->
                    Optional.of(name + " could not be made as its spec says; it is tried again");
            case "RunContainerError" ->
                    Optional.of("the command of " + name + " could not be run; it is tried again");
            case "ErrImageNeverPull" ->
                    Optional.of("the image of " + name + " is not here, and may not be pulled");
            case "ErrImagePull", "ImagePullBackOff" ->
                    Optional.of(
                            "the image of " + name + " cannot be had: check its name and login");
            default -> Optional.empty();
        };
    }
}

package dev.kelpie.app.call;

import dev.kelpie.engine.report.ContainerEnd;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.ContainerState;
import dev.kelpie.engine.report.ContainerStatus;
import dev.kelpie.engine.report.Health;
import dev.kelpie.engine.report.PodCondition;
import dev.kelpie.engine.report.PodMember;
import dev.kelpie.engine.report.PodPhase;
import dev.kelpie.engine.report.PodSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The words for what keeps a pod or container from being ready.
public final class Troubles {
    private static final int LONGEST = 300;

    private Troubles() {}

    /// One line for each container that is not as it should be.
    public static List<String> of(PodSummary pod) {
        var lines = new ArrayList<String>();
        if (!pod.state().reason().isEmpty()) {
            lines.add(joined(pod.state().reason(), pod.state().message()));
        }
        for (var member : pod.members()) {
            if (member.kind() != ContainerKind.INFRA && isTrouble(member)) {
                lines.add(member.name() + ": " + of(member.state()));
            }
        }
        if (lines.isEmpty()) {
            pod.state().conditions().stream()
                    .filter(condition -> !condition.holds())
                    .map(condition -> condition.type() + ": " + why(condition))
                    .forEach(lines::add);
        }
        return lines;
    }

    private static String why(PodCondition condition) {
        return condition.message().isEmpty() ? condition.reason() : condition.message();
    }

    private static boolean isTrouble(PodMember member) {
        var state = member.state();
        boolean done = state.status() == ContainerStatus.EXITED && state.exitCode() == 0;
        boolean init = member.kind() == ContainerKind.INIT;
        return !state.standing().ready() && !(done && init);
    }

    /// The state in a line: `waiting: CrashLoopBackOff: …; last exit 3 (Error), 4 restarts`.
    public static String of(ContainerState state) {
        var parts = new ArrayList<String>();
        parts.add(head(state));
        var runs = state.standing().runs();
        if (state.end().isEmpty() && !runs.isEmpty()) {
            parts.add("last run: " + of(runs.getLast().end()));
        }
        if (state.restarts() > 0) {
            parts.add(state.restarts() == 1 ? "1 restart" : state.restarts() + " restarts");
        }
        state.health().flatMap(Troubles::probe).ifPresent(parts::add);
        return String.join("; ", parts);
    }

    private static String head(ContainerState state) {
        var standing = state.standing();
        var end = state.end().map(last -> ", " + of(last)).orElse("");
        if (standing.waiting().isPresent()) {
            var waiting = standing.waiting().get();
            return "waiting: " + joined(waiting.reason(), waiting.message()) + end;
        }
        if (state.running() && !standing.started()) {
            return "running, not started up yet";
        }
        return state.running() && !standing.ready()
                ? "running, not ready"
                : state.status().word() + end;
    }

    /// `exit code 3 (Error)`.
    public static String of(ContainerEnd end) {
        var said = end.message().isEmpty() ? "" : ": " + brief(end.message());
        return "exit code " + end.exitCode() + " (" + end.reason() + ")" + said;
    }

    /// The last probe that failed, if the last one did.
    private static java.util.Optional<String> probe(Health health) {
        return health.log().reversed().stream()
                .findFirst()
                .filter(last -> !last.passed())
                .map(last ->
                        last.kind()
                                + " probe failed"
                                + (health.failingStreak() > 1
                                        ? " " + health.failingStreak() + " times"
                                        : "")
                                + ": "
                                + brief(last.output()));
    }

    private static String joined(String reason, String message) {
        return message.isEmpty() || message.equals(reason)
                ? reason
                : reason + ": " + brief(message);
    }

    /// One line, without what could move a terminal's cursor.
    static String brief(String text) {
        var line =
                text.strip()
                        .lines()
                        .map(String::strip)
                        .collect(Collectors.joining(" "))
                        .replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    /// Whether the pod can become ready without being changed.
    public static boolean isHopeless(PodSummary pod) {
        return pod.state().phase() == PodPhase.FAILED;
    }
}

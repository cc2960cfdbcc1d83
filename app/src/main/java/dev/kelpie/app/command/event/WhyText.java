package dev.kelpie.app.command.event;

import dev.kelpie.app.call.Troubles;
import dev.kelpie.app.format.HumanTime;
import dev.kelpie.engine.report.ContainerRun;
import dev.kelpie.engine.report.ContainerState;
import dev.kelpie.engine.report.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// A diagnosis for people.
final class WhyText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private final StringBuilder out = new StringBuilder();
    private final Instant now;

    private WhyText(Instant now) {
        this.now = now;
    }

    static String of(Diagnosis found, Instant now) {
        var text = new WhyText(now);
        text.line(0, found.kind() + " " + found.name() + ": " + found.state());
        found.troubles().forEach(trouble -> text.line(1, trouble));
        found.parts().forEach(text::part);
        if (!found.events().isEmpty()) {
            text.line(0, "events:");
            found.events().forEach(text::event);
        }
        if (!found.hints().isEmpty()) {
            text.line(0, "next:");
            found.hints().forEach(hint -> text.line(1, "- " + hint));
        }
        return text.out.toString();
    }

    private void line(int level, String text) {
        out.append("  ".repeat(level)).append(text).append('\n');
    }

    private void part(Diagnosis.Part part) {
        line(0, "container " + part.name() + " (" + part.image() + ")");
        part.state()
                .ifPresent(state -> {
                    line(1, "state: " + Troubles.of(state) + since(state));
                    state.standing().runs().forEach(this::run);
                    state.health()
                            .ifPresent(health ->
                                    health.log().stream()
                                            .skip(Math.max(0, health.log().size() - 3))
                                            .forEach(probe ->
                                                    line(
                                                            1,
                                                            "probe: "
                                                                    + TIME.format(probe.end())
                                                                    + " "
                                                                    + probe.kind()
                                                                    + (probe.passed()
                                                                            ? " passed "
                                                                            : " failed ")
                                                                    + shown(probe.output()))));
                });
        if (!part.log().isEmpty()) {
            line(1, "log:");
            part.log().forEach(text -> line(2, "| " + text));
        }
    }

    private String since(ContainerState state) {
        return state.running()
                ? state.started()
                        .map(start -> ", for " + HumanTime.span(Duration.between(start, now)))
                        .orElse("")
                : "";
    }

    /// Milliseconds; the kernel stamps an end with a clock that is some of them behind.
    private static long between(Instant start, Instant end) {
        return Duration.between(start, end).toMillis();
    }

    private void run(ContainerRun run) {
        var lasted =
                run.started()
                        .map(start ->
                                " after "
                                        + Math.max(0, between(start, run.end().finished()))
                                        + " ms")
                        .orElse("");
        line(
                1,
                "run: "
                        + TIME.format(run.end().finished())
                        + " "
                        + Troubles.of(run.end())
                        + lasted);
        shownTail(run).lines().forEach(text -> line(2, "| " + shown(text)));
    }

    private static String shownTail(ContainerRun run) {
        return run.end().exitCode() == 0 ? "" : run.logTail().strip();
    }

    private void event(Event event) {
        var text = new StringBuilder(TIME.format(event.time()));
        text.append(' ').append(event.type().word()).append(' ').append(event.name());
        text.append(' ').append(event.action());
        fact(text, event, Event.EXIT_CODE, " exit code ");
        fact(text, event, "signal", " signal ");
        fact(text, event, Event.HEALTH, " ");
        fact(text, event, Event.ERROR, ": ");
        line(1, text.toString());
    }

    private static void fact(StringBuilder text, Event event, String name, String before) {
        if (!event.fact(name).isEmpty()) {
            text.append(before).append(shown(event.fact(name)));
        }
    }

    private static String shown(String text) {
        return text.strip().replaceAll("\\p{Cntrl}", " ");
    }
}

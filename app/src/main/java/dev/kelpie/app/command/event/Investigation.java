package dev.kelpie.app.command.event;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Troubles;
import dev.kelpie.engine.LogRequest;
import dev.kelpie.engine.event.EventQuery;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.ContainerSummary;
import dev.kelpie.engine.report.Event;
import dev.kelpie.engine.report.EventType;
import dev.kelpie.engine.report.PodSummary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Finds out about a pod or container: from the engine while it is there, from the events after.
final class Investigation {
    private static final int LONGEST_LINE = 400;

    private final Call call;
    private final int lines;
    private final int mostEvents;

    /// @param lines of each log
    Investigation(Call call, int lines, int mostEvents) {
        this.call = call;
        this.lines = lines;
        this.mostEvents = mostEvents;
    }

    /// Throws when nothing of that name was ever heard of.
    Diagnosis of(String name) throws InterruptedException {
        var engine = call.engine();
        if (engine.pods().exists(name)) {
            return ofPod(engine.pods().find(name));
        }
        if (engine.containers().exists(name)) {
            return ofContainer(engine.containers().find(name));
        }
        return ofGone(name);
    }

    private Diagnosis ofPod(PodSummary pod) throws InterruptedException {
        var parts = new ArrayList<Diagnosis.Part>();
        for (var member : pod.members()) {
            if (member.kind() != ContainerKind.INFRA) {
                parts.add(part(call.engine().containers().find(member.id())));
            }
        }
        var images = parts.stream().map(Diagnosis.Part::image).toList();
        var events =
                events(event ->
                        (event.id().equals(pod.id()) || event.fact(Event.POD_ID).equals(pod.id()))
                                || isFailedPull(event, images));
        var ready = pod.state().ready() ? ", ready" : ", not ready";
        var state = pod.state().phase().word() + (running(pod) ? ready : "");
        return new Diagnosis(
                "pod",
                pod.name(),
                pod.id(),
                state,
                Troubles.of(pod),
                parts,
                events,
                Hints.of(pod.name(), parts, events));
    }

    private static boolean running(PodSummary pod) {
        return pod.state().phase() == dev.kelpie.engine.report.PodPhase.RUNNING;
    }

    private Diagnosis ofContainer(ContainerSummary container) throws InterruptedException {
        var part = part(container);
        var events =
                events(event ->
                        event.id().equals(container.id())
                                || isFailedPull(event, List.of(part.image())));
        return new Diagnosis(
                "container",
                container.name(),
                container.id(),
                Troubles.of(container.state()),
                List.of(),
                List.of(part),
                events,
                Hints.of(container.name(), List.of(part), events));
    }

    private Diagnosis ofGone(String name) throws InterruptedException {
        var all = events(event -> isNamed(event, name));
        if (all.isEmpty()) {
            throw new CommandException("no pod or container was ever heard of as '" + name + "'");
        }
        boolean pod = all.stream().anyMatch(event -> event.type() == EventType.POD);
        var last = all.getLast();
        var id = pod ? last.fact(Event.POD_ID) : last.id();
        return new Diagnosis(
                pod ? "pod" : "container",
                name,
                id.isEmpty() ? last.id() : id,
                "gone",
                List.of(),
                List.of(),
                all,
                Hints.of(name, List.of(), all));
    }

    private static boolean isNamed(Event event, String name) {
        boolean prefix = name.matches("[0-9a-f]{4,64}");
        return switch (event.type()) {
            case POD, CONTAINER ->
                    event.name().equals(name)
                            || event.fact(Event.POD_NAME).equals(name)
                            || (prefix && event.id().startsWith(name))
                            || (prefix && event.fact(Event.POD_ID).startsWith(name));
            case IMAGE, NETWORK, SECRET, SYSTEM, VOLUME -> false;
        };
    }

    private static boolean isFailedPull(Event event, List<String> images) {
        return event.action().equals("pull-error") && images.contains(event.name());
    }

    /// The last of them: what comes and goes with every start is left out.
    private List<Event> events(Predicate<Event> wanted) throws InterruptedException {
        var last = new ArrayDeque<Event>();
        call.engine()
                .events()
                .read(
                        EventQuery.ALL,
                        event -> {
                            if (wanted.test(event) && !isNoise(event)) {
                                last.addLast(event);
                                if (last.size() > mostEvents) {
                                    last.removeFirst();
                                }
                            }
                        });
        return List.copyOf(last);
    }

    private static boolean isNoise(Event event) {
        return event.action().equals("init")
                || event.action().equals("cleanup")
                || event.name().endsWith("-infra");
    }

    private Diagnosis.Part part(ContainerSummary container) throws InterruptedException {
        var log = new ArrayList<String>();
        call.engine()
                .containers()
                .logs(container.id(), LogRequest.last(lines), line -> log.add(shown(line.text())));
        return new Diagnosis.Part(
                container.name(),
                container.image().name(),
                java.util.Optional.of(container.state()),
                log);
    }

    /// Nothing that moves a cursor.
    private static String shown(String text) {
        var plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= LONGEST_LINE ? plain : plain.substring(0, LONGEST_LINE) + "…";
    }
}

package dev.kelpie.engine.event;

import dev.kelpie.engine.report.ContainerEnd;
import dev.kelpie.engine.report.Event;
import dev.kelpie.engine.report.EventType;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.SecretRow;
import dev.kelpie.engine.state.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// The events that lie in the difference between two states: whatever makes, ends or removes a
/// thing cannot forget to say so.
public final class StateEvents {

    private final State before;
    private final State after;
    private final Instant time;
    private final List<Event> events = new ArrayList<>();

    private StateEvents(State before, State after, Instant time) {
        this.before = before;
        this.after = after;
        this.time = time;
    }

    /// In an order in which they could have happened.
    public static List<Event> between(State before, State after, Instant time) {
        var found = new StateEvents(before, after, time);
        found.networks();
        found.things(
                before.volumes(),
                after.volumes(),
                row -> found.event(EventType.VOLUME, "", row.name(), row.name(), row.labels()));
        found.things(before.secrets(), after.secrets(), found::secret);
        found.pods();
        found.containers();
        return List.copyOf(found.events);
    }

    /// An event of a container as the state knows it now.
    public static Event of(State state, ContainerRow row, String action, Instant time) {
        var facts = new TreeMap<String, String>();
        var image = row.image().reference().name();
        facts.put(Event.IMAGE, image);
        state.pod(row.pod())
                .filter(pod -> !pod.solo())
                .ifPresent(pod -> {
                    facts.put(Event.POD_ID, pod.id());
                    facts.put(Event.POD_NAME, pod.name());
                });
        return new Event(
                time,
                EventType.CONTAINER,
                action,
                row.id(),
                row.name(),
                facts,
                row.spec().metadata().labels());
    }

    /// An event of a pod.
    public static Event of(PodRow pod, String action, Instant time) {
        return new Event(
                time,
                EventType.POD,
                action,
                pod.id(),
                pod.name(),
                Map.of(),
                pod.spec().metadata().labels());
    }

    private Event event(
            EventType type, String action, String id, String name, Map<String, String> labels) {
        return new Event(time, type, action, id, name, Map.of(), labels);
    }

    private Event secret(SecretRow row) {
        return event(EventType.SECRET, "", row.id(), row.name(), row.labels());
    }

    private void networks() {
        things(
                before.networks(),
                after.networks(),
                row ->
                        event(EventType.NETWORK, "", row.id(), row.name(), row.made().labels())
                                .with("type", "bridge"));
    }

    private <R> void things(Map<String, R> old, Map<String, R> now, Function<R, Event> of) {
        compare(
                old,
                now,
                (was, is) -> {
                    if (was.isEmpty() && is.isPresent()) {
                        events.add(named(of.apply(is.get()), "create"));
                    } else if (was.isPresent() && is.isEmpty()) {
                        events.add(named(of.apply(was.get()), "remove"));
                    }
                });
    }

    private static Event named(Event event, String action) {
        return new Event(
                event.time(),
                event.type(),
                action,
                event.id(),
                event.name(),
                event.facts(),
                event.labels());
    }

    /// Looks at what changed: states share the rows that did not.
    @SuppressWarnings("ReferenceEquality")
    private static <R> void compare(
            Map<String, R> old, Map<String, R> now, BiConsumer<Optional<R>, Optional<R>> each) {
        if (old == now) {
            return;
        }
        old.forEach((key, was) -> {
            var is = now.get(key);
            if (is != was) {
                each.accept(Optional.of(was), Optional.ofNullable(is));
            }
        });
        now.forEach((key, is) -> {
            if (!old.containsKey(key)) {
                each.accept(Optional.empty(), Optional.of(is));
            }
        });
    }

    private void pods() {
        compare(
                before.pods(),
                after.pods(),
                (was, is) -> {
                    if (was.or(() -> is).filter(PodRow::solo).isPresent()) {
                        return;
                    }
                    if (was.isEmpty() && is.isPresent()) {
                        events.add(of(is.get(), "create", time));
                    }
                    boolean ran = was.filter(PodRow::running).isPresent();
                    boolean runs = is.filter(PodRow::running).isPresent();
                    if (ran && !runs) {
                        events.add(of(was.get(), "stop", time));
                    }
                    if (runs && !ran) {
                        events.add(of(is.get(), "start", time));
                    }
                    if (was.isPresent() && is.isEmpty()) {
                        events.add(of(was.get(), "remove", time));
                    }
                });
    }

    private void containers() {
        compare(
                before.containers(),
                after.containers(),
                (was, is) -> {
                    if (was.isEmpty() && is.isPresent()) {
                        events.add(of(after, is.get(), "create", time));
                    } else if (was.isPresent() && is.isEmpty()) {
                        events.add(of(before, was.get(), "remove", time));
                    } else if (was.isPresent() && is.isPresent()) {
                        changed(was.get(), is.get());
                    }
                });
    }

    private void changed(ContainerRow was, ContainerRow is) {
        if (!was.name().equals(is.name())) {
            events.add(of(after, is, "rename", time).with("oldName", was.name()));
        }
        if (!was.life().lastEnd().equals(is.life().lastEnd())) {
            is.life().lastEnd().ifPresent(end -> ended(is, end));
        }
        if (is.life().restarts() > was.life().restarts()) {
            events.add(
                    of(after, is, "restart", time)
                            .with("restarts", Integer.toString(is.life().restarts())));
        }
    }

    private void ended(ContainerRow row, ContainerEnd end) {
        if (end.oomKilled()) {
            events.add(of(after, row, "oom", time));
        }
        var died =
                of(after, row, "died", time)
                        .with(Event.EXIT_CODE, Integer.toString(end.exitCode()));
        if (end.oomKilled()) {
            died = died.with(Event.OOM_KILLED, "true");
        }
        events.add(end.error().isEmpty() ? died : died.with(Event.ERROR, end.error()));
        if (row.life().stoppedByUser()) {
            events.add(of(after, row, "stop", time));
        }
    }
}

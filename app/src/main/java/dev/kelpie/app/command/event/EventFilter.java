package dev.kelpie.app.command.event;

import dev.kelpie.app.flag.Filter;
import dev.kelpie.engine.report.Event;
import dev.kelpie.engine.report.EventType;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The filters of `events`.
final class EventFilter {
    static final Set<String> KEYS =
            Set.of(
                    "container",
                    "event",
                    "image",
                    "label",
                    "name",
                    "network",
                    "pod",
                    "secret",
                    "status",
                    "type",
                    "volume");

    private final Filter filter;

    EventFilter(List<String> typed) {
        this.filter = Filter.parse(typed.stream().map(EventFilter::lower).toList(), KEYS);
    }

    private static String lower(String typed) {
        int equals = Math.max(0, typed.indexOf('='));
        return typed.substring(0, equals).toLowerCase(Locale.ROOT) + typed.substring(equals);
    }

    boolean passes(Event event) {
        return filter.passes((key, value) -> holds(event, key, value));
    }

    private static boolean holds(Event event, String key, String value) {
        return switch (key) {
            case "event", "status" -> event.action().equals(value);
            case "type" -> event.type().word().equals(value);
            case "name" -> event.name().contains(value);
            case "label" -> Filter.hasLabel(event.labels(), value);
            case "image" -> isImage(event, value);
            case "pod" ->
                    is(event, EventType.POD, value)
                            || event.fact(Event.POD_NAME).equals(value)
                            || isId(event.fact(Event.POD_ID), value);
            default -> is(event, EventType.valueOf(key.toUpperCase(Locale.ROOT)), value);
        };
    }

    private static boolean is(Event event, EventType type, String value) {
        return event.type() == type && (event.name().equals(value) || isId(event.id(), value));
    }

    private static boolean isImage(Event event, String value) {
        return is(event, EventType.IMAGE, value)
                || (event.type() == EventType.IMAGE && isName(event.name(), value))
                || isName(event.fact(Event.IMAGE), value);
    }

    /// `nginx` and `library/nginx:1` mean `…/library/nginx:1`.
    private static boolean isName(String name, String value) {
        int colon = name.lastIndexOf(':');
        var untagged = colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
        return name.equals(value)
                || untagged.equals(value)
                || name.endsWith("/" + value)
                || untagged.endsWith("/" + value);
    }

    private static boolean isId(String id, String value) {
        return !value.isEmpty() && id.startsWith(value);
    }
}

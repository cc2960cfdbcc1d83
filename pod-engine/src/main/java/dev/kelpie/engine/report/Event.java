package dev.kelpie.engine.report;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// Something that happened to a container, pod, image, volume, network or secret.
///
/// @param action in Podman's words: `create`, `start`, `died`, …
/// @param id of the thing; of a volume its name
/// @param facts of this happening: `image`, `podId`, `exitCode`, `error`, …
/// @param labels of the thing
public record Event(
        Instant time,
        EventType type,
        String action,
        String id,
        String name,
        Map<String, String> facts,
        Map<String, String> labels) {

    public static final String IMAGE = "image";
    public static final String POD_ID = "podId";
    public static final String POD_NAME = "podName";
    public static final String EXIT_CODE = "exitCode";
    public static final String OOM_KILLED = "oomKilled";
    public static final String ERROR = "error";
    public static final String HEALTH = "health";

    public Event {
        facts = Map.copyOf(facts);
        labels = Map.copyOf(labels);
    }

    /// A fact, empty when there is none of that name.
    public String fact(String name) {
        return facts.getOrDefault(name, "");
    }

    /// The same event with one more fact.
    public Event with(String name, String value) {
        var more = new TreeMap<>(facts);
        more.put(name, value);
        return new Event(time, type, action, id, this.name, more, labels);
    }

    public Event withoutLabels() {
        return new Event(time, type, action, id, name, facts, Map.of());
    }
}

package dev.kelpie.app.command.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.format.HumanTime;
import dev.kelpie.engine.report.Event;
import dev.kelpie.engine.report.EventType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;

/// One event in Podman's words; its JSON has Docker's fields as well.
final class EventText {
    private static final int BRIEF = 12;

    private EventText() {}

    /// The line that `events` prints.
    static String line(Event event, boolean whole) {
        var time = HumanTime.plain(event.time());
        var id = whole || event.id().length() < BRIEF ? event.id() : event.id().substring(0, BRIEF);
        var head = time + " " + event.type().word() + " " + event.action() + " ";
        return head
                + switch (event.type()) {
                    case CONTAINER, POD -> id + " (" + details(event) + ")";
                    case NETWORK -> id + " (name=" + event.name() + ", type=bridge)";
                    case IMAGE -> (id + " " + event.name() + " " + event.fact(Event.ERROR)).strip();
                    case SECRET -> id;
                    case SYSTEM, VOLUME -> event.name();
                };
    }

    private static String details(Event event) {
        var text = new StringBuilder("image=" + event.fact(Event.IMAGE) + ", name=" + event.name());
        pair(text, "pod_id", event.fact(Event.POD_ID));
        pair(text, "health_status", event.fact(Event.HEALTH));
        pair(text, "exit_code", event.fact(Event.EXIT_CODE));
        pair(text, "oom_killed", event.fact(Event.OOM_KILLED));
        pair(text, "error", event.fact(Event.ERROR));
        new TreeMap<>(event.labels()).forEach((key, value) -> pair(text, key, value));
        return text.toString();
    }

    private static void pair(StringBuilder text, String key, String value) {
        if (!value.isEmpty()) {
            text.append(", ").append(key).append('=').append(value.replace('\n', ' '));
        }
    }

    /// The object that `--format` shows.
    static ObjectNode json(Event event) {
        var json = JsonNodeFactory.instance.objectNode();
        if (event.facts().containsKey(Event.EXIT_CODE)) {
            json.put("ContainerExitCode", Integer.parseInt(event.fact(Event.EXIT_CODE)));
        }
        if (event.fact(Event.OOM_KILLED).equals("true")) {
            json.put("OOMKilled", true);
        }
        json.put("ID", event.id());
        json.put("Image", event.fact(Event.IMAGE));
        json.put("Name", event.name());
        json.put("Status", event.action());
        json.put("Time", HumanTime.stamp(event.time()));
        json.put("Type", event.type().word());
        json.put("PodID", event.fact(Event.POD_ID));
        json.put("Error", event.fact(Event.ERROR));
        json.put("HealthStatus", event.fact(Event.HEALTH));
        json.put("health_status", event.fact(Event.HEALTH));
        if (event.type() == EventType.NETWORK) {
            json.put("network", event.name());
        }
        var labels = json.putObject("Attributes");
        new TreeMap<>(event.labels()).forEach(labels::put);
        docker(json, event);
        return json;
    }

    private static void docker(ObjectNode json, Event event) {
        json.put("Action", event.action().equals("died") ? "die" : event.action());
        var actor = json.putObject("Actor");
        actor.put("ID", event.id());
        var attributes = actor.putObject("Attributes");
        new TreeMap<>(event.labels()).forEach(attributes::put);
        new TreeMap<>(event.facts()).forEach(attributes::put);
        attributes.put("name", event.name());
        json.put("From", event.fact(Event.IMAGE));
        json.put("scope", "local");
        json.put("time", event.time().getEpochSecond());
        json.put("timeNano", ChronoUnit.NANOS.between(Instant.EPOCH, event.time()));
    }
}

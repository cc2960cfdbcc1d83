package dev.kelpie.app.command.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.format.HumanTime;
import dev.kelpie.engine.report.ContainerEnd;
import dev.kelpie.engine.report.ContainerState;

/// A diagnosis for programs.
final class WhyJson {
    private WhyJson() {}

    static ObjectNode of(Diagnosis found) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("kind", found.kind());
        json.put("name", found.name());
        json.put("id", found.id());
        json.put("state", found.state());
        var troubles = json.putArray("troubles");
        found.troubles().forEach(troubles::add);
        var containers = json.putArray("containers");
        for (var part : found.parts()) {
            var container = containers.addObject();
            container.put("name", part.name());
            container.put("image", part.image());
            part.state().ifPresent(state -> state(container, state));
            var log = container.putArray("log");
            part.log().forEach(log::add);
        }
        var events = json.putArray("events");
        found.events().forEach(event -> events.add(EventText.json(event)));
        var hints = json.putArray("next");
        found.hints().forEach(hints::add);
        return json;
    }

    private static void state(ObjectNode json, ContainerState state) {
        var standing = state.standing();
        json.put("state", state.status().word());
        json.put("ready", standing.ready());
        json.put("restarts", state.restarts());
        standing.waiting()
                .ifPresent(waiting ->
                        json.putObject("waiting")
                                .put("reason", waiting.reason())
                                .put("message", waiting.message()));
        var runs = json.putArray("runs");
        for (var run : standing.runs()) {
            var one = runs.addObject();
            run.started().ifPresent(start -> one.put("started", HumanTime.stamp(start)));
            end(one, run.end());
            one.put("log", run.logTail());
        }
        state.end().ifPresent(end -> end(json.putObject("end"), end));
        var probes = json.putArray("probes");
        state.health().stream()
                .flatMap(health -> health.log().stream())
                .forEach(probe ->
                        probes.addObject()
                                .put("kind", probe.kind())
                                .put("time", HumanTime.stamp(probe.end()))
                                .put("passed", probe.passed())
                                .put("output", probe.output()));
    }

    private static void end(ObjectNode json, ContainerEnd end) {
        json.put("finished", HumanTime.stamp(end.finished()));
        json.put("exitCode", end.exitCode());
        json.put("reason", end.reason());
        json.put("message", end.message());
        json.put("oomKilled", end.oomKilled());
    }
}

package dev.kelpie.app.command.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.PodSummary;
import java.util.regex.Pattern;

/// A pod's `metadata` and `status` as Kubernetes shows them, for `wait --for=jsonpath=…`.
public final class PodStatusJson {
    private static final Pattern STEP = Pattern.compile("\\.([A-Za-z0-9_-]+)|\\[(\\d{1,4})\\]");

    private PodStatusJson() {}

    public static ObjectNode of(PodSummary pod) {
        var json = JsonNodeFactory.instance.objectNode();
        var metadata = json.putObject("metadata").put("name", pod.name()).put("uid", pod.id());
        var labels = metadata.putObject("labels");
        pod.spec().metadata().labels().forEach(labels::put);
        var status = json.putObject("status");
        status.put("phase", pod.state().phase().word());
        status.put("reason", pod.state().reason());
        status.put("message", pod.state().message());
        var conditions = status.putArray("conditions");
        for (var condition : pod.state().conditions()) {
            conditions
                    .addObject()
                    .put("type", condition.type())
                    .put("status", condition.holds() ? "True" : "False")
                    .put("reason", condition.reason())
                    .put("message", condition.message());
        }
        members(status, pod, "initContainerStatuses", ContainerKind.INIT);
        members(status, pod, "containerStatuses", ContainerKind.APP);
        members(status, pod, "ephemeralContainerStatuses", ContainerKind.EPHEMERAL);
        return json;
    }

    private static void members(
            ObjectNode status, PodSummary pod, String field, ContainerKind kind) {
        var list = status.putArray(field);
        for (var member : pod.members()) {
            if (member.kind() == kind) {
                var standing = member.state().standing();
                list.addObject()
                        .put("name", member.name())
                        .put("ready", standing.ready())
                        .put("started", standing.started())
                        .put("restartCount", member.restarts())
                        .put("state", member.status().word());
            }
        }
    }

    /// What `{.status.phase}` names: names and indexes only; missing when there is nothing.
    public static JsonNode at(JsonNode json, String path) {
        var bare = path.replaceAll("^\\{|\\}$", "");
        var step = STEP.matcher(bare);
        var found = json;
        int at = 0;
        while (step.find() && step.start() == at) {
            found =
                    step.group(1) == null
                            ? found.path(Integer.parseInt(step.group(2)))
                            : found.path(step.group(1));
            at = step.end();
        }
        return at == bare.length() && at > 0 ? found : MissingNode.getInstance();
    }
}

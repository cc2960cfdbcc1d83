package dev.kelpie.app.command.pod;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.format.HumanTime;
import dev.kelpie.app.format.Labels;
import dev.kelpie.engine.report.NetworkAttachment;
import dev.kelpie.engine.report.PodMember;
import dev.kelpie.engine.report.PodSummary;
import dev.kelpie.engine.spec.ShortId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A pod as `pod ps` shows it: for tables and templates, and for `--format json`.
final class PodRow {

    private PodRow() {}

    static ObjectNode of(PodSummary pod, Instant now, boolean shortIds) {
        var infra = pod.infraId().orElse("");
        var row = JsonNodeFactory.instance.objectNode();
        row.put("Id", id(pod.id(), shortIds));
        row.put("Name", pod.name());
        row.put("Status", pod.status().word());
        row.put("Phase", pod.state().phase().word());
        row.put("Ready", pod.state().ready());
        row.put("Created", HumanTime.ago(pod.created(), now));
        row.put("InfraId", id(infra, shortIds));
        row.put("NumberOfContainers", pod.members().size());
        row.put("ContainerIds", joined(pod, member -> id(member.id(), shortIds)));
        row.put("ContainerNames", joined(pod, PodMember::name));
        row.put("ContainerStatuses", joined(pod, member -> member.status().word()));
        row.put("Cgroup", pod.cgroupPath());
        row.put("Namespace", "");
        row.put(
                "Networks",
                pod.networks().stream()
                        .map(NetworkAttachment::network)
                        .collect(Collectors.joining(",")));
        Labels.put(row, pod.spec().metadata().labels());
        return row;
    }

    /// The row's field behind the headings of `--ctr-ids` and its kin.
    static String fieldOf(String heading) {
        return switch (heading) {
            case "IDS" -> "ContainerIds";
            case "NAMES" -> "ContainerNames";
            default -> "ContainerStatuses";
        };
    }

    static ObjectNode json(PodSummary pod) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("Cgroup", pod.cgroupPath());
        var containers = json.putArray("Containers");
        for (var member : pod.members()) {
            containers
                    .addObject()
                    .put("Id", member.id())
                    .put("Names", member.name())
                    .put("Status", member.status().word())
                    .put("RestartCount", member.restarts());
        }
        json.put(
                "Created",
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        pod.created().atOffset(ZoneOffset.UTC)));
        json.put("Id", pod.id());
        json.put("InfraId", pod.infraId().orElse(""));
        json.put("Name", pod.name());
        json.put("Namespace", "");
        var networks = json.putArray("Networks");
        pod.networks().forEach(network -> networks.add(network.network()));
        json.put("Status", pod.status().word());
        json.put("Phase", pod.state().phase().word());
        json.put("Ready", pod.state().ready());
        var labels = json.putObject("Labels");
        pod.spec().metadata().labels().forEach(labels::put);
        return json;
    }

    private static String joined(PodSummary pod, Function<PodMember, String> part) {
        return pod.members().stream().map(part).collect(Collectors.joining(","));
    }

    private static String id(String id, boolean shortened) {
        return shortened ? ShortId.of(id) : id;
    }
}

package dev.kelpie.app.command.container;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.format.HumanTime;
import dev.kelpie.app.format.Labels;
import dev.kelpie.engine.report.ContainerEnd;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.ContainerState;
import dev.kelpie.engine.report.ContainerSummary;
import dev.kelpie.engine.report.MountPoint;
import dev.kelpie.engine.report.NetworkAttachment;
import dev.kelpie.engine.report.PodReference;
import dev.kelpie.engine.spec.PortMapping;
import dev.kelpie.engine.spec.ShortId;
import java.time.Instant;
import java.util.stream.Collectors;

/// A container as `ps` shows it: for tables and templates, and for `--format json`.
final class ContainerRow {
    private static final int SHORT_COMMAND = 17;

    private final ContainerSummary container;
    private final Instant now;
    private final boolean shortened;

    private ContainerRow(ContainerSummary container, Instant now, boolean shortened) {
        this.container = container;
        this.now = now;
        this.shortened = shortened;
    }

    static ObjectNode of(ContainerSummary container, Instant now, boolean shortened) {
        return new ContainerRow(container, now, shortened).row();
    }

    private ObjectNode row() {
        var state = container.state();
        var pod = container.pod();
        var row = JsonNodeFactory.instance.objectNode();
        row.put("ID", id(container.id()));
        row.put("Image", container.image().name());
        row.put("Command", command());
        row.put("CreatedHuman", HumanTime.ago(state.created(), now));
        row.put("Status", StatusText.of(state, now));
        row.put("Ports", Ports.column(container.connections()));
        row.put("Names", container.name());
        row.put("AutoRemove", container.spec().policy().autoRemove());
        row.put("CIDFile", "");
        row.put("Cgroup", "");
        row.put("Created", HumanTime.ago(state.created(), now));
        row.put("CreatedAt", HumanTime.plain(state.created()));
        row.put("ExitCode", state.exitCode());
        row.put("Exited", !state.running() && state.end().isPresent());
        row.put("ExitedAt", finished(state));
        row.put("ExposedPorts", String.join(", ", container.connections().exposedPorts()));
        row.put("ImageID", id(container.image().id()));
        row.put("IsInfra", container.kind() == ContainerKind.INFRA);
        Labels.put(row, container.labels());
        row.put("Mounts", mounts());
        row.put("Networks", networks());
        row.put("Pid", state.pid().orElse(0));
        row.put("Pod", pod.map(PodReference::id).map(this::id).orElse(""));
        row.put("PodName", pod.map(PodReference::name).orElse(""));
        row.put("Restarts", state.restarts());
        row.put("RunningFor", HumanTime.ago(state.started().orElse(state.created()), now));
        row.put("Size", "");
        row.put("StartedAt", started(state));
        row.put("State", state.status().word());
        return row;
    }

    static ObjectNode json(ContainerSummary container, Instant now) {
        var state = container.state();
        var pod = container.pod();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("AutoRemove", container.spec().policy().autoRemove());
        container.command().forEach(json.putArray("Command")::add);
        json.put("CreatedAt", HumanTime.ago(state.created(), now));
        json.put("CIDFile", "");
        json.put("Exited", !state.running() && state.end().isPresent());
        json.put("ExitedAt", finished(state));
        json.put("ExitCode", state.exitCode());
        json.putNull("ExposedPorts");
        json.put("Id", container.id());
        json.put("Image", container.image().name());
        json.put("ImageID", container.image().id());
        json.put("IsInfra", container.kind() == ContainerKind.INFRA);
        container.labels().forEach(json.putObject("Labels")::put);
        var mounts = json.putArray("Mounts");
        container.connections().mounts().forEach(mount -> mounts.add(mount.destination()));
        json.putArray("Names").add(container.name());
        json.putObject("Namespaces");
        var networks = json.putArray("Networks");
        container.connections().networks().forEach(each -> networks.add(each.network()));
        json.put("Pid", state.pid().orElse(0));
        json.put("Pod", pod.map(PodReference::id).orElse(""));
        json.put("PodName", pod.map(PodReference::name).orElse(""));
        ports(json, container);
        json.put("Restarts", state.restarts());
        json.putNull("Size");
        json.put("StartedAt", started(state));
        json.put("State", state.status().word());
        json.put("Status", StatusText.of(state, now));
        json.put("Created", state.created().getEpochSecond());
        return json;
    }

    private static void ports(ObjectNode json, ContainerSummary container) {
        var ports = container.connections().ports();
        if (ports.isEmpty()) {
            json.putNull("Ports");
            return;
        }
        var array = json.putArray("Ports");
        for (PortMapping port : ports) {
            array.addObject()
                    .put("host_ip", port.hostIp().orElse(""))
                    .put("container_port", port.containerPort())
                    .put("host_port", port.hostPort())
                    .put("range", port.range())
                    .put("protocol", Ports.protocol(port));
        }
    }

    private String command() {
        if (container.kind() == ContainerKind.INFRA) {
            return "";
        }
        var command = String.join(" ", container.command());
        return shortened && command.length() > SHORT_COMMAND
                ? command.substring(0, SHORT_COMMAND) + "..."
                : command;
    }

    private String mounts() {
        return container.connections().mounts().stream()
                .map(MountPoint::destination)
                .collect(Collectors.joining(","));
    }

    private String networks() {
        return container.connections().networks().stream()
                .map(NetworkAttachment::network)
                .collect(Collectors.joining(","));
    }

    /// Unix seconds; what Go's zero time gives when there was no start.
    private static long started(ContainerState state) {
        return state.started().map(Instant::getEpochSecond).orElse(-62135596800L);
    }

    private static long finished(ContainerState state) {
        return state.end()
                .map(ContainerEnd::finished)
                .map(Instant::getEpochSecond)
                .orElse(-62135596800L);
    }

    private String id(String id) {
        return shortened ? ShortId.of(id) : id;
    }
}

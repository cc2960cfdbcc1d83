package dev.kelpie.app.command.container;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.format.HumanTime;
import dev.kelpie.engine.Containers;
import dev.kelpie.engine.report.ContainerEnd;
import dev.kelpie.engine.report.ContainerInspection;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.ContainerRun;
import dev.kelpie.engine.report.ContainerState;
import dev.kelpie.engine.report.ContainerStatus;
import dev.kelpie.engine.report.PodReference;
import dev.kelpie.engine.report.Waiting;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A container as `inspect` shows it, with Podman's names for everything.
public final class ContainerJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private final ContainerInspection container;
    private final UnaryOperator<String> ids;

    private ContainerJson(ContainerInspection container, UnaryOperator<String> ids) {
        this.container = container;
        this.ids = ids;
    }

    public static ObjectNode of(Containers containers, String nameOrId) {
        return new ContainerJson(
                        containers.inspect(nameOrId),
                        name -> containers.exists(name) ? containers.find(name).id() : name)
                .json();
    }

    private ObjectNode json() {
        var summary = container.summary();
        var argv = container.process().argv();
        var config = RunConfig.of(container.files().bundle());
        var json = JSON.objectNode();
        json.put("Id", summary.id());
        json.put("Created", HumanTime.stamp(summary.state().created()));
        json.put("Path", argv.isEmpty() ? "" : argv.getFirst());
        var args = json.putArray("Args");
        argv.stream().skip(1).forEach(args::add);
        json.set("State", state());
        json.put("Image", summary.image().id());
        json.put("ImageDigest", summary.image().digest());
        json.put("ImageName", summary.image().name());
        var image = summary.spec().image();
        json.put("Rootfs", image.fromImage() ? "" : image.reference());
        json.put("Pod", summary.pod().map(PodReference::id).orElse(""));
        files(json);
        json.put("Name", summary.name());
        json.put("RestartCount", summary.state().restarts());
        json.put("Driver", "overlay");
        labels(json, config);
        json.set("GraphDriver", graphDriver(config));
        json.set("Mounts", HostConfigJson.mounts(summary));
        var manner = summary.spec().policy().lifecycle().manner();
        manner.requires().forEach(json.putArray("Dependencies")::add);
        json.set("NetworkSettings", networks(config));
        json.put("Namespace", "");
        json.put("IsInfra", summary.kind() == ContainerKind.INFRA);
        json.put("IsService", false);
        json.put("KubeExitCodePropagation", "invalid");
        json.put("lockNumber", 0);
        json.set("Config", ConfigJson.of(container));
        json.set("HostConfig", HostConfigJson.of(container, config, ids));
        json.put("UseImageHosts", false);
        json.put("UseImageHostname", false);
        return json;
    }

    private ObjectNode networks(RunConfig config) {
        var json = NetworkJson.of(container.summary(), container.podSpec().network());
        return json.put("SandboxKey", config.networkNamespace());
    }

    private static void labels(ObjectNode json, RunConfig config) {
        json.put("MountLabel", "");
        json.put("ProcessLabel", "");
        json.put("AppArmorProfile", "");
        config.capabilities("effective").forEach(json.putArray("EffectiveCaps")::add);
        config.capabilities("bounding").forEach(json.putArray("BoundingCaps")::add);
        json.putArray("ExecIDs");
    }

    private void files(ObjectNode json) {
        var files = container.files();
        json.put("ResolvConfPath", files.resolvConf().toString());
        json.put("HostnamePath", files.hostname().toString());
        json.put("HostsPath", files.hosts().toString());
        json.put("StaticDir", files.directory().toString());
        json.put("OCIConfigPath", files.bundle().resolve("config.json").toString());
        json.put("OCIRuntime", container.runtime());
        json.put("ConmonPidFile", files.conmonPidFile().toString());
        json.put("PidFile", files.pidFile().toString());
    }

    private ObjectNode state() {
        var state = container.summary().state();
        var status = state.status();
        var json = JSON.objectNode();
        json.put("OciVersion", "1.2.0");
        json.put("Status", status.word());
        json.put(
                "Running", status == ContainerStatus.RUNNING || status == ContainerStatus.STOPPING);
        json.put("Paused", status == ContainerStatus.PAUSED);
        json.put("Restarting", waits(state));
        json.put("OOMKilled", state.end().map(ContainerEnd::oomKilled).orElse(false));
        json.put("Dead", false);
        json.put("Pid", state.pid().orElse(0));
        json.put("ConmonPid", state.conmonPid().orElse(0));
        json.put("ExitCode", state.exitCode());
        json.put("Error", state.end().map(ContainerEnd::error).orElse(""));
        json.put("Reason", reason(state));
        json.put("Message", message(state));
        json.put("StartedAt", state.started().map(HumanTime::stamp).orElse(NEVER));
        json.put("FinishedAt", finished(state));
        json.put("CgroupPath", container.cgroupPath());
        json.put("CheckpointedAt", NEVER);
        json.put("RestoredAt", NEVER);
        json.put("StoppedByUser", state.stoppedByUser());
        json.set("Health", HealthJson.of(state.health()));
        json.put("Ready", state.standing().ready());
        json.put("Started", state.standing().started());
        var runs = json.putArray("LastRuns");
        state.standing().runs().forEach(run -> runs.add(run(run)));
        return json;
    }

    private static boolean waits(ContainerState state) {
        return state.standing()
                .waiting()
                .filter(waiting -> waiting.reason().equals("CrashLoopBackOff"))
                .isPresent();
    }

    /// Why it waits, or else how it ended, in the kubelet's words.
    private static String reason(ContainerState state) {
        return state.standing()
                .waiting()
                .map(Waiting::reason)
                .or(() -> state.end().map(ContainerEnd::reason))
                .orElse("");
    }

    private static String message(ContainerState state) {
        return state.standing()
                .waiting()
                .map(Waiting::message)
                .or(() -> state.end().map(ContainerEnd::message))
                .orElse("");
    }

    private static ObjectNode run(ContainerRun run) {
        var json = JSON.objectNode();
        json.put("StartedAt", run.started().map(HumanTime::stamp).orElse(NEVER));
        json.put("FinishedAt", HumanTime.stamp(run.end().finished()));
        json.put("ExitCode", run.end().exitCode());
        json.put("Reason", run.end().reason());
        json.put("Message", run.end().message());
        json.put("LogTail", run.logTail());
        return json;
    }

    private static String finished(ContainerState state) {
        return state.end().map(ContainerEnd::finished).map(HumanTime::stamp).orElse(NEVER);
    }

    private ObjectNode graphDriver(RunConfig config) {
        var json = JSON.objectNode();
        json.put("Name", "overlay");
        var lower = container.layers().stream().map(Path::toString);
        var data = json.putObject("Data");
        data.put("LowerDir", lower.collect(Collectors.joining(":")));
        if (!config.rootFileSystem().isEmpty()) {
            data.put("MergedDir", config.rootFileSystem());
        }
        data.put("UpperDir", container.files().directory().resolve("diff").toString());
        data.put("WorkDir", container.files().directory().resolve("work").toString());
        return json;
    }
}

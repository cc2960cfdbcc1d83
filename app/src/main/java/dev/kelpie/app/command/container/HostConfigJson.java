package dev.kelpie.app.command.container;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.command.pod.PodJson;
import dev.kelpie.app.format.HumanSize;
import dev.kelpie.engine.report.ContainerInspection;
import dev.kelpie.engine.report.ContainerSummary;
import dev.kelpie.engine.report.MountPoint;
import dev.kelpie.engine.spec.Grouping;
import dev.kelpie.engine.spec.Grouping.Mode;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.RestartPolicy;
import dev.kelpie.engine.spec.Security;
import dev.kelpie.runtime.cgroup.ResourceLimits;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The `HostConfig` and `Mounts` parts of `inspect`.
final class HostConfigJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long NANOS_PER_MILLI_CPU = 1_000_000;

    private static final List<String> NEVER_SET =
            List.of(
                    "CpuRealtimePeriod",
                    "CpuRealtimeRuntime",
                    "CpuCount",
                    "CpuPercent",
                    "DiskQuota",
                    "KernelMemory",
                    "IOMaximumIOps",
                    "IOMaximumBandwidth");

    private HostConfigJson() {}

    /// @param id of a container by its name
    static ObjectNode of(ContainerInspection container, RunConfig run, UnaryOperator<String> id) {
        var summary = container.summary();
        var spec = summary.spec();
        var network = container.podSpec().network();
        var json = JSON.objectNode();
        var binds = json.putArray("Binds");
        summary.connections().mounts().stream()
                .filter(mount -> !mount.type().equals("tmpfs"))
                .forEach(mount -> binds.add(bind(mount)));
        json.put("CgroupManager", "cgroupfs");
        json.put("ContainerIDFile", "");
        json.set("LogConfig", log(container));
        json.put("NetworkMode", networkMode(network, id));
        json.set("PortBindings", PodJson.portBindings(network.ports()));
        json.putObject("RestartPolicy")
                .put("Name", restart(spec.policy().restartPolicy()))
                .put("MaximumRetryCount", spec.policy().maxRetries());
        json.put("AutoRemove", spec.policy().autoRemove());
        json.put("AutoRemoveImage", false);
        spec.metadata().annotations().forEach(json.putObject("Annotations")::put);
        json.put("VolumeDriver", "");
        json.putNull("VolumesFrom");
        security(json, spec.security());
        names(json, network);
        spec.security().runAs().groups().forEach(json.putArray("GroupAdd")::add);
        namespaces(json, container.podSpec());
        tmpfs(json.putObject("Tmpfs"), summary);
        json.put("ShmSize", container.podSpec().sharing().infraSpec().shmBytes());
        json.put("Runtime", "oci");
        limits(json, container, run);
        elsewhere(json);
        return json;
    }

    private static ObjectNode log(ContainerInspection container) {
        var log = container.summary().spec().policy().upkeep().log();
        var json = JSON.objectNode();
        json.put("Type", log.driver().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.putNull("Config");
        json.put("Path", container.files().log().toString());
        json.put("Tag", log.tag().orElse(""));
        json.put("Size", HumanSize.decimal(log.maxBytes().orElse(0), ""));
        return json;
    }

    /// What only other hosts have, and scripts look for.
    private static void elsewhere(ObjectNode json) {
        json.putNull("Links");
        json.putArray("ConsoleSize").add(0).add(0);
        json.put("Isolation", "");
        json.put("HostsFile", "");
        json.put("Cgroup", "");
        json.put("PublishAllPorts", false);
        json.put("OomKillDisable", false);
        NEVER_SET.forEach(key -> json.put(key, 0));
    }

    private static void namespaces(ObjectNode json, PodSpec pod) {
        var sharing = pod.sharing();
        var scopes = sharing.scopes();
        json.put("CgroupMode", scopes.hostCgroup() ? "host" : "private");
        json.put("IpcMode", mode(scopes.ipcOf(), sharing.hostIpc() ? "host" : "shareable"));
        json.put("PidMode", mode(scopes.processesOf(), sharing.hostPid() ? "host" : "private"));
        boolean hostUts = pod.network().mode() instanceof PodNetwork.Host || scopes.hostUts();
        json.put("UTSMode", mode(scopes.utsOf(), hostUts ? "host" : "private"));
        json.put("UsernsMode", sharing.users().isPresent() ? "private" : "");
    }

    private static String mode(Optional<String> other, String otherwise) {
        return other.map(id -> "container:" + id).orElse(otherwise);
    }

    private static void tmpfs(ObjectNode json, ContainerSummary summary) {
        summary.connections().mounts().stream()
                .filter(mount -> mount.type().equals("tmpfs"))
                .forEach(mount -> json.put(mount.destination(), String.join(",", mount.options())));
    }

    private static void names(ObjectNode json, PodNetwork network) {
        network.dns().nameservers().forEach(json.putArray("Dns")::add);
        network.dns().options().forEach(json.putArray("DnsOptions")::add);
        network.dns().searches().forEach(json.putArray("DnsSearch")::add);
        var hosts = json.putArray("ExtraHosts");
        network.hostAliases()
                .forEach(alias ->
                        alias.hostnames().forEach(name -> hosts.add(name + ":" + alias.ip())));
    }

    private static void security(ObjectNode json, Security security) {
        security.addCapabilities().stream()
                .sorted()
                .map(name -> "CAP_" + name)
                .forEach(json.putArray("CapAdd")::add);
        security.dropCapabilities().stream()
                .sorted()
                .map(name -> "CAP_" + name)
                .forEach(json.putArray("CapDrop")::add);
        json.put("Privileged", security.privileged());
        json.put("ReadonlyRootfs", security.readOnlyRootFilesystem());
        var options = json.putArray("SecurityOpt");
        SecurityWords.of(security).forEach(options::add);
    }

    private static void limits(ObjectNode json, ContainerInspection container, RunConfig run) {
        var resources = container.summary().spec().resources();
        var tuning = resources.tuning();
        json.put("CpuShares", tuning.cpu().shares().orElse(0));
        var cores = resources.limits().milliCpu();
        json.put("CpuPeriod", tuning.cpu().period().orElse(cores.isPresent() ? PodJson.PERIOD : 0));
        json.put("CpuQuota", tuning.cpu().quota().orElse(cores.orElse(0) * PodJson.PERIOD / 1000));
        json.put("CpusetCpus", tuning.cpu().set().orElse(""));
        json.put("CpusetMems", tuning.cpu().mems().orElse(""));
        json.put("Memory", resources.limits().memory().orElse(0));
        json.put("NanoCpus", cores.orElse(0) * NANOS_PER_MILLI_CPU);
        group(json, container.summary().spec().policy().upkeep().group());
        json.put("OomScoreAdj", tuning.oomScoreAdj().orElse(0));
        if (container.summary().spec().policy().upkeep().init()) {
            json.put("Init", true);
        }
        json.put(
                "MemoryReservation",
                tuning.memory().reservation().orElse(resources.requests().memory().orElse(0)));
        json.put("MemorySwap", tuning.memory().withSwap().orElse(0));
        json.put("MemorySwappiness", tuning.memory().swappiness().orElse(-1));
        GroupJson.write(json, tuning, run);
        json.put("PidsLimit", resources.pidsLimit().orElse(ResourceLimits.USUAL_PIDS));
    }

    private static void group(ObjectNode json, Grouping group) {
        json.put("CgroupParent", group.mode() == Mode.BELOW ? group.group().orElse("") : "");
        json.put(
                "Cgroups",
                switch (group.mode()) {
                    case SPLIT -> "split";
                    case CALLERS_CONMON -> "no-conmon";
                    case ENGINE, BELOW -> "default";
                });
    }

    private static String bind(MountPoint mount) {
        var source = mount.name().isEmpty() ? mount.source() : mount.name();
        var words = new LinkedHashSet<String>();
        words.add(mount.readOnly() ? "ro" : "rw");
        words.add(mount.propagation());
        words.addAll(mount.options());
        return source + ":" + mount.destination() + ":" + String.join(",", words);
    }

    private static String networkMode(PodNetwork network, UnaryOperator<String> id) {
        return switch (network.mode()) {
            case PodNetwork.Bridge _ -> "bridge";
            case PodNetwork.Host() -> "host";
            case PodNetwork.None() -> "none";
            case PodNetwork.OfContainer(var name) -> "container:" + id.apply(name);
        };
    }

    private static String restart(RestartPolicy policy) {
        return policy == RestartPolicy.NEVER
                ? "no"
                : policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ArrayNode mounts(ContainerSummary summary) {
        var mounts = JSON.arrayNode();
        for (var mount : summary.connections().mounts()) {
            if (mount.type().equals("tmpfs")) {
                continue;
            }
            var json = mounts.addObject();
            json.put("Type", mount.type());
            if (!mount.name().isEmpty()) {
                json.put("Name", mount.name());
            }
            json.put("Source", mount.source());
            json.put("Destination", mount.destination());
            json.put("Driver", mount.type().equals("volume") ? "local" : "");
            json.put("Mode", "");
            mount.options().forEach(json.putArray("Options")::add);
            json.put("RW", !mount.readOnly());
            json.put("Propagation", mount.propagation());
            json.put("SubPath", mount.subPath());
        }
        return mounts;
    }
}

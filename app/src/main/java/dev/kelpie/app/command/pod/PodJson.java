package dev.kelpie.app.command.pod;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.format.HumanTime;
import dev.kelpie.engine.report.ContainerEnd;
import dev.kelpie.engine.report.PodMember;
import dev.kelpie.engine.report.PodSummary;
import dev.kelpie.engine.report.Waiting;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PortMapping;
import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.spec.RestartPolicy;
import java.util.List;
import java.util.Locale;

/// A pod as `pod inspect` shows it.
public final class PodJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// In which a quota counts, microseconds.
    public static final long PERIOD = 100_000;

    private PodJson() {}

    public static ObjectNode of(PodSummary pod) {
        var spec = pod.spec();
        var json = JSON.objectNode();
        json.put("Id", pod.id());
        json.put("Name", pod.name());
        json.put("Namespace", "");
        json.put("Created", HumanTime.stamp(pod.created()));
        json.putArray("CreateCommand");
        json.put("ExitPolicy", spec.policy().stopWithLastContainer() ? "stop" : "continue");
        json.put("State", pod.status().word());
        kubernetes(json, pod);
        json.put("Hostname", spec.network().hostname().orElse(pod.name()));
        var labels = json.putObject("Labels");
        spec.metadata().labels().forEach(labels::put);
        json.put("CreateCgroup", true);
        json.put("CgroupParent", "");
        json.put("CgroupPath", pod.cgroupPath());
        json.put("CreateInfra", spec.sharing().infra());
        json.put("InfraContainerID", pod.infraId().orElse(""));
        json.set("InfraConfig", infra(spec));
        var shared = json.putArray("SharedNamespaces");
        List.of("ipc", "net", "uts").forEach(shared::add);
        if (spec.sharing().shareProcesses()) {
            shared.insert(2, "pid");
        }
        json.put("NumContainers", pod.members().size());
        members(json, pod);
        json.put("RestartPolicy", restart(spec.policy().restartPolicy()));
        json.put("LockNumber", 0);
        limits(json, spec.policy().demands().limits());
        return json;
    }

    /// What Kubernetes would say of it.
    private static void kubernetes(ObjectNode json, PodSummary pod) {
        json.put("Phase", pod.state().phase().word());
        json.put("Reason", pod.state().reason());
        json.put("Message", pod.state().message());
        var conditions = json.putArray("Conditions");
        pod.state()
                .conditions()
                .forEach(condition ->
                        conditions
                                .addObject()
                                .put("Type", condition.type())
                                .put("Status", condition.holds() ? "True" : "False")
                                .put("Reason", condition.reason())
                                .put("Message", condition.message()));
    }

    private static void members(ObjectNode json, PodSummary pod) {
        var members = json.putArray("Containers");
        pod.members()
                .forEach(member ->
                        members.addObject()
                                .put("Id", member.id())
                                .put("Name", member.name())
                                .put("State", member.status().word())
                                .put("Ready", member.state().standing().ready())
                                .put("RestartCount", member.restarts())
                                .put("Reason", reason(member)));
    }

    private static String reason(PodMember member) {
        return member.state()
                .standing()
                .waiting()
                .map(Waiting::reason)
                .or(() -> member.state().end().map(ContainerEnd::reason))
                .orElse("");
    }

    private static String restart(RestartPolicy policy) {
        return switch (policy) {
            case NEVER -> "no";
            case ALWAYS, ON_FAILURE, UNLESS_STOPPED ->
                    policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }

    /// Of the pod as a whole; what is not limited is left out.
    private static void limits(ObjectNode json, Resources.Amounts limits) {
        if (limits.milliCpu().isPresent()) {
            json.put("cpu_period", PERIOD);
            json.put("cpu_quota", limits.milliCpu().getAsLong() * PERIOD / 1000);
        }
        if (limits.memory().isPresent()) {
            json.put("memory_limit", limits.memory().getAsLong());
        }
    }

    private static ObjectNode infra(PodSpec pod) {
        var network = pod.network();
        var json = JSON.objectNode();
        json.set("PortBindings", portBindings(network.ports()));
        json.put("HostNetwork", network.mode() instanceof PodNetwork.Host);
        json.put("StaticIP", "");
        json.put("StaticMAC", "");
        json.put("NoManageResolvConf", false);
        network.dns().nameservers().forEach(json.putArray("DNSServer")::add);
        network.dns().searches().forEach(json.putArray("DNSSearch")::add);
        network.dns().options().forEach(json.putArray("DNSOption")::add);
        json.put("NoManageHostname", false);
        json.put("NoManageHosts", false);
        var hosts = json.putArray("HostAdd");
        network.hostAliases()
                .forEach(alias ->
                        alias.hostnames().forEach(name -> hosts.add(name + ":" + alias.ip())));
        json.put("HostsFile", "");
        var networks = json.putArray("Networks");
        if (network.mode() instanceof PodNetwork.Bridge bridge) {
            bridge.networks().forEach(each -> networks.add(each.network()));
        }
        json.putNull("NetworkOptions");
        json.put("pid_ns", pod.sharing().hostPid() ? "host" : "private");
        json.put("userns", pod.sharing().users().isPresent() ? "private" : "host");
        json.put("uts_ns", pod.sharing().scopes().hostUts() ? "host" : "private");
        limits(json, pod.policy().demands().limits());
        return json;
    }

    /// `{"80/tcp": [{"HostIp": "0.0.0.0", "HostPort": "8080"}]}`, one for each port of a range.
    public static ObjectNode portBindings(List<PortMapping> ports) {
        var bindings = JSON.objectNode();
        for (var port : ports) {
            for (int i = 0; i < port.range(); i++) {
                var key =
                        (port.containerPort() + i)
                                + "/"
                                + port.protocol().name().toLowerCase(Locale.ROOT);
                bindings.withArray("/" + key.replace("/", "~1"))
                        .addObject()
                        .put("HostIp", port.hostIp().orElse("0.0.0.0"))
                        .put("HostPort", Integer.toString(port.hostPort() + i));
            }
        }
        return bindings;
    }
}

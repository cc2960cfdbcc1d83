package dev.kelpie.app.convert.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kelpie.app.convert.RunWords;
import dev.kelpie.runtime.cgroup.ResourceLimits;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map.Entry;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes what `HostConfig` and `Mounts` say: volumes, ports, network, limits, privileges.
final class HostWords {
    private static final Set<String> USUAL_OF_MEMORY =
            Set.of("", "rw", "rprivate", "nosuid", "nodev", "tmpcopyup");

    private static final Set<String> USUAL_NETWORKS =
            Set.of("", "default", "bridge", "podman", "pasta", "slirp4netns", "private");
    private static final Set<Long> USUAL_SHM = Set.of(0L, 65_536_000L, 67_108_864L);
    private static final Set<String> OWN = Set.of("", "private", "shareable", "default");

    /// Settings that are lost when they are not empty, 0 or -1.
    private static final List<String> UNKNOWN =
            List.of(
                    ("BlkioWeight BlkioWeightDevice BlkioDeviceReadBps BlkioDeviceWriteBps"
                                    + " BlkioDeviceReadIOps BlkioDeviceWriteIOps CpuRealtimePeriod"
                                    + " CpuRealtimeRuntime CpusetMems MemorySwappiness OomKillDisable"
                                    + " KernelMemory KernelMemoryTCP DeviceCgroupRules DeviceRequests"
                                    + " VolumesFrom Links StorageOpt VolumeDriver CgroupConf PublishAllPorts"
                                    + " AutoRemoveImage HostsFile")
                            .split(" "));

    private final Facts facts;
    private final JsonNode host;
    private final RunWords words;

    HostWords(Facts facts, RunWords words) {
        this.facts = facts;
        this.host = facts.host();
        this.words = words;
    }

    void write() {
        mounts();
        namespaces();
        limits();
        privileges();
        var restart = host.path("RestartPolicy");
        var retries = restart.path("MaximumRetryCount").asLong();
        var policy = restart.path("Name").asText();
        if (!policy.equals("no")) {
            words.add("--restart", policy + (retries > 0 ? ":" + retries : ""));
        }
        words.add("--rm", host.path("AutoRemove").asBoolean());
        words.add("--init", host.path("Init").asBoolean());
        for (var key : UNKNOWN) {
            var value = host.path(key);
            boolean nothing =
                    value.isContainerNode()
                            ? value.isEmpty()
                            : List.of("", "null", "0", "-1", "false").contains(value.asText());
            if (!nothing) {
                facts.lost(key + " " + value);
            }
        }
    }

    /// What leads in from outside; of a pod it is the infra container's.
    void network() {
        ports();
        words.add("--dns", Facts.texts(host.path("Dns")));
        words.add("--dns-search", Facts.texts(host.path("DnsSearch")));
        words.add("--dns-option", Facts.texts(host.path("DnsOptions")));
        words.add("--add-host", Facts.texts(host.path("ExtraHosts")));
        var mode = host.path("NetworkMode").asText();
        if (mode.startsWith("container:") || mode.startsWith("ns:")) {
            facts.lost("network " + mode + ": it has the default one now");
        } else if (mode.equals("host") || mode.equals("none")) {
            words.add("--network", mode);
        } else {
            networks(mode);
        }
        facts.valuesOf("--sysctl").forEach(word -> words.add("--sysctl", word));
        if (facts.valuesOf("--sysctl").isEmpty()) {
            words.add("--sysctl", Facts.map(host.path("Sysctls")));
        }
    }

    /// The one it was made on, and those that it has joined.
    private void networks(String mode) {
        var joined = facts.at("/NetworkSettings/Networks").properties().stream().map(Entry::getKey);
        Stream.concat(Stream.of(mode), joined)
                .filter(name -> !USUAL_NETWORKS.contains(name) && !name.startsWith("pasta:"))
                .distinct()
                .forEach(name -> words.add("--network", name));
    }

    private void ports() {
        host.path("PortBindings")
                .properties()
                .forEach(port -> {
                    for (var binding : port.getValue()) {
                        var address = binding.path("HostIp").asText();
                        boolean everywhere = Set.of("", "0.0.0.0", "::").contains(address);
                        var where = address.contains(":") ? "[" + address + "]" : address;
                        words.add(
                                "--publish",
                                (everywhere ? "" : where + ":")
                                        + binding.path("HostPort").asText()
                                        + ":"
                                        + port.getKey());
                    }
                });
    }

    private void mounts() {
        for (var mount : facts.at("/Mounts")) {
            var target = mount.path("Destination").asText();
            var name = mount.path("Name").asText();
            var options = mount.path("RW").asBoolean(true) ? "" : ":ro";
            switch (mount.path("Type").asText()) {
                case "bind" ->
                        words.add(
                                "--volume",
                                mount.path("Source").asText()
                                        + ":"
                                        + target
                                        + bind(mount, options));
                case "volume" -> {
                    if (name.matches("[0-9a-f]{64}")) {
                        facts.lost("the content of its own volume at " + target);
                        words.add("--volume", target);
                    } else {
                        words.add("--volume", name + ":" + target + options);
                    }
                }
                case "tmpfs" -> words.add("--tmpfs", target);
                default ->
                        facts.lost(
                                "mount of type '" + mount.path("Type").asText() + "' at " + target);
            }
        }
        host.path("Tmpfs")
                .properties()
                .forEach(each -> {
                    var options =
                            Arrays.stream(each.getValue().asText().split(","))
                                    .filter(word -> !USUAL_OF_MEMORY.contains(word))
                                    .collect(Collectors.joining(","));
                    words.add("--tmpfs", each.getKey() + (options.isEmpty() ? "" : ":" + options));
                });
    }

    private static String bind(JsonNode mount, String options) {
        var propagation = mount.path("Propagation").asText();
        boolean usual = propagation.isEmpty() || propagation.equals("rprivate");
        if (usual) {
            return options;
        }
        return options.isEmpty() ? ":" + propagation : options + "," + propagation;
    }

    private void namespaces() {
        namespace("--pid", host.path("PidMode").asText());
        namespace("--ipc", host.path("IpcMode").asText());
        if (host.path("UTSMode").asText().equals("host")) {
            facts.lost("the host's UTS namespace");
        }
        var users = host.path("UsernsMode").asText();
        if (!OWN.contains(users) && !users.equals("host")) {
            words.add("--userns", users);
        } else if (users.equals("private")) {
            facts.lost("its user namespace: say it with --userns");
        }
        long shm = host.path("ShmSize").asLong();
        if (!USUAL_SHM.contains(shm)) {
            words.add("--shm-size", shm);
        }
    }

    private void namespace(String flag, String mode) {
        if (mode.startsWith("container:") || mode.startsWith("ns:")) {
            if (facts.at("/Pod").asText().isEmpty()) {
                facts.lost(flag + "=" + mode);
            }
        } else if (mode.equals("host")) {
            words.add(flag, mode);
        }
    }

    private void limits() {
        words.add("--memory", host.path("Memory").asLong());
        words.add("--memory-reservation", host.path("MemoryReservation").asLong());
        long nanos = host.path("NanoCpus").asLong();
        if (nanos > 0) {
            words.add("--cpus", nanos / 1e9 + "");
        } else {
            words.add("--cpu-quota", Math.max(0, host.path("CpuQuota").asLong()));
            words.add("--cpu-period", host.path("CpuPeriod").asLong());
        }
        words.add("--cpu-shares", host.path("CpuShares").asLong());
        words.add("--cpuset-cpus", host.path("CpusetCpus").asText());
        if (facts.asked("--memory-swap")) {
            words.add("--memory-swap", host.path("MemorySwap").asLong());
        }
        long most = host.path("PidsLimit").asLong();
        if (facts.isSaid("--pids-limit")
                || (facts.asked("--pids-limit") && most != ResourceLimits.USUAL_PIDS)) {
            words.add("--pids-limit", Math.max(0, most));
        }
        words.add("--oom-score-adj", host.path("OomScoreAdj").asLong());
        if (facts.asked("--ulimit")) {
            ulimits();
        }
        for (var device : host.path("Devices")) {
            words.add(
                    "--device",
                    device.path("PathOnHost").asText()
                            + ":"
                            + device.path("PathInContainer").asText()
                            + ":"
                            + device.path("CgroupPermissions").asText("rwm"));
        }
    }

    private void ulimits() {
        for (var limit : host.path("Ulimits")) {
            var name = limit.path("Name").asText().toLowerCase(Locale.ROOT);
            name = name.startsWith("rlimit_") ? name.substring("rlimit_".length()) : name;
            if (facts.isAmongWords(name)) {
                words.add(
                        "--ulimit",
                        name
                                + "="
                                + limit.path("Soft").asLong()
                                + ":"
                                + limit.path("Hard").asLong());
            }
        }
    }

    private void privileges() {
        words.add("--privileged", host.path("Privileged").asBoolean());
        words.add("--read-only", host.path("ReadonlyRootfs").asBoolean());
        if (host.path("ReadonlyRootfs").asBoolean()) {
            // what is in memory is among the mounts
            words.add("--read-only-tmpfs=false", true);
        }
        if (facts.asked("--cap-add")) {
            words.add("--cap-add", Facts.texts(host.path("CapAdd")));
        }
        if (facts.asked("--cap-drop")) {
            words.add("--cap-drop", Facts.texts(host.path("CapDrop")));
        }
        words.add("--group-add", Facts.texts(host.path("GroupAdd")));
        boolean privileged = host.path("Privileged").asBoolean();
        for (var option : Facts.texts(host.path("SecurityOpt"))) {
            // who may do everything sees everything, and has no other label
            if (!privileged || !(option.startsWith("unmask") || option.startsWith("label"))) {
                words.add("--security-opt", option);
            }
        }
    }
}

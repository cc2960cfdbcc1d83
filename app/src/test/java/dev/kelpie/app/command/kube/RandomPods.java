package dev.kelpie.app.command.kube;

import dev.kelpie.engine.spec.Confinement;
import dev.kelpie.engine.spec.ContainerPolicy;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.Lifecycle;
import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.PodDemands;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodPolicy;
import dev.kelpie.engine.spec.PodSecurity;
import dev.kelpie.engine.spec.PodSharing;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PortMapping;
import dev.kelpie.engine.spec.PullPolicy;
import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.spec.RestartPolicy;
import dev.kelpie.engine.spec.RestartRule;
import dev.kelpie.engine.spec.RunAs;
import dev.kelpie.engine.spec.Security;
import dev.kelpie.engine.spec.Volume;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/// Pods of every shape that a manifest can give, out of a seed.
final class RandomPods {

    /// As every played container has it.
    private static final Lifecycle LAST_WORDS =
            new Lifecycle(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(Lifecycle.TerminationMessage.USUAL));

    private static final Path PROFILES = Path.of("/var/lib/kubelet/seccomp");
    private static final PodSecurity.FsGroup[] FS_GROUPS = {
        new PodSecurity.FsGroup(2000, false), new PodSecurity.FsGroup(0, true)
    };

    private final RandomWords words;
    private final RandomProcesses processes;

    RandomPods(long seed) {
        this.words = new RandomWords(seed);
        this.processes = new RandomProcesses(words);
    }

    PodSpec pod() {
        var name = words.chance(20) ? "a".repeat(70) : words.name(0);
        var onHost = words.chance(10);
        var metadata =
                new Metadata(
                        words.chance(10) ? "shop" : "default",
                        name,
                        words.labels(),
                        words.annotations());
        var restart = words.of(RestartPolicy.ALWAYS, RestartPolicy.ON_FAILURE, RestartPolicy.NEVER);
        var grace = Duration.ofSeconds(words.of(30, 30, 0, 7, 3600));
        var volumes = new RandomVolumes(words).volumes();
        var security = podSecurity(onHost);
        var shape = new Shape(metadata, restart, grace, volumes, runAs(security));
        return new PodSpec(
                metadata,
                containers("init", words.below(3), shape),
                containers("main", 1 + words.below(3), shape),
                volumes,
                network(name, onHost),
                sharing(security),
                new PodPolicy(
                        restart,
                        grace,
                        true,
                        Optional.empty(),
                        List.of(),
                        demands(),
                        List.of(),
                        Optional.of(words.chance(80))),
                security);
    }

    /// What the containers of a pod have in common.
    private record Shape(
            Metadata metadata,
            RestartPolicy restart,
            Duration grace,
            List<Volume> volumes,
            RunAs runAs) {}

    private PodDemands demands() {
        var cpu = amount(500, 4000);
        var memory = amount(1 << 28, 1 << 30);
        return new PodDemands(
                words.chance(20) ? List.of("registry", "other") : List.of(),
                words.chance(10) ? Optional.of("runc") : Optional.empty(),
                new Resources.Amounts(cpu, memory),
                new Resources.Amounts(cpu, memory),
                words.chance(10) ? PodDemands.Rank.CRITICAL : PodDemands.Rank.REQUESTS);
    }

    private PodSharing sharing(PodSecurity security) {
        boolean host = words.chance(10);
        boolean ipc = security.sysctls().isEmpty() && words.chance(10);
        return new PodSharing(true, !host && words.chance(20), host, ipc, Optional.empty());
    }

    private PodSecurity podSecurity(boolean onHost) {
        var sysctls = new TreeMap<String, String>();
        if (words.chance(20)) {
            sysctls.put("kernel.shmmax", "68719476736");
        }
        if (!onHost && words.chance(20)) {
            sysctls.put("net.ipv4.ip_local_port_range", "1024 65000");
        }
        return new PodSecurity(
                sysctls, words.chance(25) ? Optional.of(words.of(FS_GROUPS)) : Optional.empty());
    }

    private RunAs runAs(PodSecurity security) {
        var groups = new LinkedHashSet<String>();
        security.fsGroup().ifPresent(group -> groups.add(Long.toString(group.id())));
        if (words.chance(25)) {
            groups.add("100");
            groups.add("2147483647");
        }
        return new RunAs(
                false,
                List.copyOf(groups),
                words.chance(20) ? RunAs.Memberships.STRICT : RunAs.Memberships.MERGE);
    }

    private List<ContainerSpec> containers(String kind, int count, Shape shape) {
        var containers = new ArrayList<ContainerSpec>();
        for (int i = 0; i < count; i++) {
            containers.add(container(kind + "-" + i, kind.equals("init"), shape));
        }
        return containers;
    }

    private ContainerSpec container(String shortName, boolean init, Shape shape) {
        var security = security(shape.runAs());
        var restart =
                init && shape.restart() != RestartPolicy.NEVER
                        ? RestartPolicy.ON_FAILURE
                        : !init && words.chance(10)
                                ? words.of(RestartPolicy.NEVER, RestartPolicy.ON_FAILURE)
                                : shape.restart();
        var meta = shape.metadata();
        return new ContainerSpec(
                new Metadata(
                        meta.namespace(),
                        meta.name() + "-" + shortName,
                        meta.labels(),
                        meta.annotations()),
                shortName,
                image(),
                processes.process(security.runAs().nonRoot()),
                new RandomVolumes(words).mounts(shape.volumes(), security.privileged()),
                resources(),
                security,
                new ContainerPolicy(
                                restart,
                                0,
                                words.chance(20)
                                        ? Optional.of(words.of("SIGUSR1", "SIGRTMIN+3"))
                                        : Optional.empty(),
                                shape.grace(),
                                false)
                        .withRestartRules(rules())
                        .withLifecycle(LAST_WORDS));
    }

    private List<RestartRule> rules() {
        return words.chance(90)
                ? List.of()
                : List.of(
                        new RestartRule(true, List.of(42, 43)),
                        new RestartRule(words.chance(50), List.of(1)));
    }

    private ImageSource image() {
        var fixed =
                words.of(
                        "localhost/hello:1",
                        "example.org:5000/a/b:2.0",
                        "web@sha256:" + "0".repeat(64));
        var latest = words.of("web", "example.org/web:latest");
        return words.chance(50)
                ? new ImageSource(
                        fixed, words.of(PullPolicy.ALWAYS, PullPolicy.MISSING, PullPolicy.NEVER))
                : new ImageSource(latest, words.of(PullPolicy.values()));
    }

    private Resources resources() {
        var cpu = amount(100, 1000, 2500);
        var memory = amount(64L << 20, 100_000_000, 1023);
        return new Resources(
                new Resources.Amounts(request(cpu), request(memory)),
                new Resources.Amounts(cpu, memory),
                OptionalLong.empty(),
                java.util.Map.of(),
                words.chance(20) ? List.of("cpu", "memory") : List.of());
    }

    private OptionalLong amount(long... choices) {
        return words.chance(60)
                ? OptionalLong.empty()
                : OptionalLong.of(choices[words.below(choices.length)]);
    }

    /// What is limited is promised, in full if nothing is said.
    private OptionalLong request(OptionalLong limit) {
        if (limit.isEmpty()) {
            return amount(0, 77, 1 << 20);
        }
        return words.chance(50) ? limit : OptionalLong.of(limit.getAsLong() / 2);
    }

    private Security security(RunAs common) {
        boolean privileged = words.chance(10);
        var add = capabilities();
        var runAs = new RunAs(words.chance(20), common.groups(), common.memberships());
        return new Security(
                privileged,
                words.chance(30),
                false,
                !privileged && !add.contains("SYS_ADMIN") && words.chance(30),
                add,
                capabilities(),
                runAs,
                new Confinement(
                        privileged ? new Confinement.Seccomp.Usual() : seccomp(),
                        appArmor(),
                        seLinux(),
                        Confinement.ProcView.USUAL));
    }

    private Set<String> capabilities() {
        return words.chance(70)
                ? Set.of()
                : words.of(Set.of("ALL"), Set.of("NET_ADMIN", "CHOWN"), Set.of("SYS_ADMIN"));
    }

    private Confinement.Seccomp seccomp() {
        return words.of(
                new Confinement.Seccomp.Usual(),
                new Confinement.Seccomp.Usual(),
                new Confinement.Seccomp.RuntimeDefault(),
                new Confinement.Seccomp.Unconfined(),
                new Confinement.Seccomp.Localhost(PROFILES, "profiles/tight.json"));
    }

    private Confinement.AppArmor appArmor() {
        return words.of(
                new Confinement.AppArmor.Usual(),
                new Confinement.AppArmor.Usual(),
                new Confinement.AppArmor.RuntimeDefault(),
                new Confinement.AppArmor.Unconfined(),
                new Confinement.AppArmor.Localhost("kelpie-web"));
    }

    private Optional<Confinement.SeLinux> seLinux() {
        return words.chance(80)
                ? Optional.empty()
                : Optional.of(
                        new Confinement.SeLinux(
                                words.maybe("user_u"),
                                words.maybe("role_r"),
                                words.maybe("spc_t"),
                                Optional.of("s0:c1,c2")));
    }

    private PodNetwork network(String name, boolean onHost) {
        var cut =
                name.length() > 63 ? Optional.of(name.substring(0, 63)) : Optional.<String>empty();
        var hostname = words.chance(20) ? Optional.of("writing-desk") : cut;
        return new PodNetwork(
                onHost ? new PodNetwork.Host() : new PodNetwork.Bridge(List.of()),
                onHost ? Optional.empty() : hostname,
                onHost ? List.of() : ports(),
                words.chance(70)
                        ? PodNetwork.Dns.DEFAULT
                        : new PodNetwork.Dns(
                                words.of(List.of(), List.of("10.0.0.1", "fd00::1")),
                                List.of("example.org"),
                                words.of(List.of(), List.of("ndots:2", "edns0")),
                                words.of(PodNetwork.Base.NETWORK, PodNetwork.Base.HOST)),
                words.chance(70)
                        ? List.of()
                        : List.of(
                                new PodNetwork.HostAlias(
                                        "10.1.2.3", List.of("one", "two.example.org"))));
    }

    private List<PortMapping> ports() {
        var ports = new ArrayList<PortMapping>();
        for (int i = words.below(4); i > 0; i--) {
            ports.add(
                    new PortMapping(
                            words.maybe("127.0.0.1"),
                            8000 + i,
                            words.of(80, 8000 + i),
                            1,
                            words.of(PortMapping.Protocol.values())));
        }
        return ports;
    }
}

package dev.kelpie.runtime.conmon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.runtime.cgroup.ResourceLimits;
import dev.kelpie.runtime.oci.ContainerConfig;
import dev.kelpie.runtime.oci.ContainerConfig.NamespaceChoice;
import dev.kelpie.runtime.oci.ContainerConfig.NamespaceChoice.Joined;
import dev.kelpie.runtime.oci.ContainerConfig.NamespaceChoice.Own;
import dev.kelpie.runtime.spec.Mount;
import dev.kelpie.runtime.spec.OciProcess.Rlimit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What containers may and may not, on each runtime this host has.
class ConfinementIT {

    private @Nullable Sandbox box;
    private final String id = Sandbox.newId();

    @AfterEach
    void close() throws InterruptedException {
        if (box != null) {
            box.close();
        }
    }

    private Sandbox open(String runtime) throws Exception {
        var opened = new Sandbox(Optional.of(runtime));
        box = opened;
        return opened;
    }

    private String run(String runtime, ContainerConfig config) throws Exception {
        var box = open(runtime);
        var placed =
                new ContainerConfig(
                        new ContainerConfig.Rootfs(box.rootfs(), config.rootfs().readOnly(), true),
                        config.command(),
                        config.namespaces(),
                        config.mounts(),
                        config.security(),
                        config.limits(),
                        box.parent + "/" + id,
                        Map.of());
        var container = box.create(id, placed, Stdio.outputOnly(), List.of());
        box.runtime.start(id);
        box.end(id, container);
        return box.log(id).replaceAll("(?m)^\\S+ \\S+ [FP] ", "");
    }

    private static ContainerConfig config(
            String line,
            List<Mount> mounts,
            ContainerConfig.Security security,
            ContainerConfig.Limits limits) {
        return new ContainerConfig(
                new ContainerConfig.Rootfs(Path.of("/"), false, true),
                new ContainerConfig.Command(
                        List.of("/bin/busybox", "sh", "-c", line),
                        List.of("A=b"),
                        "/work/here",
                        "",
                        ContainerConfig.UserRules.USUAL,
                        false),
                new ContainerConfig.Namespaces(
                        new Own(),
                        new Own(),
                        new Own(),
                        new Own(),
                        new Own(),
                        Optional.of("box"),
                        Map.of()),
                mounts,
                security,
                limits,
                "/x",
                Map.of());
    }

    private static ContainerConfig config(String line) {
        return config(
                line, List.of(), ContainerConfig.Security.usual(), ContainerConfig.Limits.none());
    }

    /// Pitfalls 18, 21 and 22: it starts at all, with eleven capabilities and a filter.
    @ParameterizedTest
    @ValueSource(strings = {"crun-hybrid", "runc"})
    void theUsualConfinement(String runtime) throws Exception {
        var said =
                run(
                        runtime,
                        config(
                                "pwd; hostname; echo $A $HOME; grep -E 'CapBnd|CapAmb|CapInh|Seccomp:' /proc/self/status"));
        assertThat(said)
                .contains("/work/here\nbox\nb /root\n")
                .contains("CapBnd:\t00000000800405fb")
                .contains("CapInh:\t0000000000000000")
                .contains("CapAmb:\t0000000000000000")
                .contains("Seccomp:\t2");
    }

    /// Pitfall 20: limits beyond what the host grants are cut, not fatal.
    @ParameterizedTest
    @ValueSource(strings = {"crun-hybrid", "runc"})
    void limitsBeyondTheHostsAreCut(String runtime) throws Exception {
        var limits =
                new ContainerConfig.Limits(
                        ResourceLimits.none().withMemory(64 << 20).withMilliCpus(500).withPids(50),
                        List.of(
                                Rlimit.of("RLIMIT_NOFILE", 500_000_000L, 500_000_000L),
                                Rlimit.of("RLIMIT_CORE", 0, 0)),
                        Optional.of(-999));
        var said =
                run(
                        runtime,
                        config(
                                "ulimit -c; echo fine",
                                List.of(),
                                ContainerConfig.Security.usual(),
                                limits));
        assertThat(said).isEqualTo("0\nfine\n");
    }

    /// Pitfall 25: a symlink of the image that points outside stays inside.
    @ParameterizedTest
    @ValueSource(strings = {"crun-hybrid", "runc"})
    void mountsStayInTheRoot(String runtime) throws Exception {
        var outside = Files.createTempDirectory("kelpie-test-outside");
        var source = Files.createTempDirectory("kelpie-test-source");
        Files.writeString(source.resolve("file"), "seen");
        var mount = Mount.bind(source, "/data/deep", true);
        var said =
                run(
                        runtime,
                        config(
                                "cat /data/deep/file; touch /data/deep/x 2>&1",
                                List.of(mount),
                                ContainerConfig.Security.usual(),
                                ContainerConfig.Limits.none()));
        assertThat(said).startsWith("seen").contains("Read-only file system");
        Files.delete(source.resolve("file"));
        Files.delete(source);
        Files.delete(outside);
    }

    /// Pitfalls 23 and 31: with joined namespaces there is neither host name nor sysctl to set.
    @ParameterizedTest
    @ValueSource(strings = {"crun-hybrid", "runc"})
    void joinsTheNamespacesOfAnother(String runtime) throws Exception {
        var box = open(runtime);
        var infra = Sandbox.newId();
        var holder = box.create(infra, "/bin/busybox", "sleep", "1000");
        box.runtime.start(infra);
        var ns = Path.of("/proc/" + holder.init().pid() + "/ns");
        NamespaceChoice own = new Own();
        var base = config("hostname; readlink /proc/self/ns/net; readlink /proc/self/ns/ipc");
        var config =
                new ContainerConfig(
                        new ContainerConfig.Rootfs(box.rootfs(), false, true),
                        base.command(),
                        new ContainerConfig.Namespaces(
                                new Joined(ns.resolve("net")),
                                new Joined(ns.resolve("ipc")),
                                new Joined(ns.resolve("uts")),
                                own,
                                own,
                                Optional.of("other"),
                                Map.of()),
                        List.of(),
                        base.security(),
                        base.limits(),
                        box.parent + "/" + id,
                        Map.of());
        var container = box.create(id, config, Stdio.outputOnly(), List.of());
        box.runtime.start(id);
        assertThat(box.end(id, container).code()).isZero();
        assertThat(box.log(id))
                .contains(" box\n")
                .contains(Files.readSymbolicLink(ns.resolve("net")).toString())
                .contains(Files.readSymbolicLink(ns.resolve("ipc")).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun-hybrid", "runc"})
    void privilegedHasAllTheHostHas(String runtime) throws Exception {
        var security =
                new ContainerConfig.Security(
                        true,
                        List.of(),
                        List.of(),
                        false,
                        new ContainerConfig.SeccompChoice.Usual(),
                        ContainerConfig.ProcView.USUAL,
                        ContainerConfig.SecurityLabels.NONE,
                        List.of());
        var said =
                run(
                        runtime,
                        config(
                                "grep -E 'CapEff|Seccomp:' /proc/self/status; ls -l /dev/vda /dev/kmsg | wc -l; echo 1 > /proc/sys/vm/drop_caches && echo wrote",
                                List.of(),
                                security,
                                ContainerConfig.Limits.none()));
        assertThat(said)
                .contains("CapEff:\t000001fffeffffff")
                .contains("Seccomp:\t0")
                .contains("wrote");
    }
}

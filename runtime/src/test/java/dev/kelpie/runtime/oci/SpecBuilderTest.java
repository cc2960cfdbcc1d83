package dev.kelpie.runtime.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.runtime.ContainerStartException;
import dev.kelpie.runtime.cgroup.Cgroups;
import dev.kelpie.runtime.cgroup.ResourceLimits;
import dev.kelpie.runtime.kernel.Capability;
import dev.kelpie.runtime.kernel.Kernel.Limit;
import dev.kelpie.runtime.kernel.LimitKind;
import dev.kelpie.runtime.oci.ContainerConfig.NamespaceChoice;
import dev.kelpie.runtime.oci.ContainerConfig.NamespaceChoice.Host;
import dev.kelpie.runtime.oci.ContainerConfig.NamespaceChoice.Joined;
import dev.kelpie.runtime.oci.ContainerConfig.NamespaceChoice.Own;
import dev.kelpie.runtime.spec.Linux;
import dev.kelpie.runtime.spec.Mount;
import dev.kelpie.runtime.spec.OciProcess.Rlimit;
import dev.kelpie.runtime.spec.Spec;
import dev.kelpie.runtime.spec.SpecJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecBuilderTest {

    private static final Set<Capability> HOST =
            Set.of(Capability.CHOWN, Capability.NET_ADMIN, Capability.SETUID, Capability.SYS_ADMIN);

    @TempDir Path root;

    private final SeccompProfiles none = new SeccompProfiles(List.of());

    @BeforeEach
    void fillRoot() throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(
                root.resolve("etc/passwd"),
                "root:x:0:0::/root:/bin/sh\nweb:x:33:34::/srv:/bin/sh\n");
        Files.writeString(root.resolve("etc/group"), "web:x:34:\nlogs:x:50:web,other\n");
    }

    private static HostGrants grants(Set<Capability> bounding) {
        return new HostGrants(
                bounding,
                Map.of(
                        LimitKind.NOFILE,
                        new Limit(1024, 20_000),
                        LimitKind.NPROC,
                        new Limit(100, 100)),
                bounding.contains(Capability.SYS_RESOURCE),
                0,
                true,
                new HostGrants.Machine("amd64", "6.1.0-18-amd64"));
    }

    private ContainerConfig config(
            String user, List<Mount> mounts, ContainerConfig.Security security) {
        return new ContainerConfig(
                new ContainerConfig.Rootfs(root, false, true),
                new ContainerConfig.Command(
                        List.of("/app"),
                        List.of("PATH=/mine"),
                        "/",
                        user,
                        ContainerConfig.UserRules.USUAL,
                        false),
                namespaces(new Own()),
                mounts,
                security,
                ContainerConfig.Limits.none(),
                "/kelpie/x",
                Map.of());
    }

    private static ContainerConfig.Namespaces namespaces(NamespaceChoice choice) {
        return new ContainerConfig.Namespaces(
                choice, choice, choice, choice, choice, Optional.of("web"), Map.of());
    }

    private ContainerConfig with(
            ContainerConfig base,
            ContainerConfig.Namespaces namespaces,
            ContainerConfig.Limits limits) {
        return new ContainerConfig(
                base.rootfs(),
                base.command(),
                namespaces,
                base.mounts(),
                base.security(),
                limits,
                base.cgroupPath(),
                base.annotations());
    }

    private ContainerConfig usual() {
        return config("", List.of(), ContainerConfig.Security.usual());
    }

    private SpecBuilder.Built build(ContainerConfig config) {
        return new SpecBuilder(grants(HOST), none, Cgroups.Mode.V2).build(config);
    }

    private static ContainerConfig.Security adding(List<String> add, List<String> drop) {
        return new ContainerConfig.Security(
                false,
                add,
                drop,
                true,
                new ContainerConfig.SeccompChoice.Usual(),
                new ContainerConfig.ProcView(
                        List.of("/proc/cpuinfo"), List.of("/proc/kcore", "/proc/s*"), List.of()),
                ContainerConfig.SecurityLabels.NONE,
                List.of());
    }

    @Test
    void writesJsonThatReadsBackTheSame() {
        var spec = build(usual()).spec();
        assertThat(SpecJson.read(SpecJson.write(spec), Spec.class)).isEqualTo(spec);
    }

    /// Pitfall 18: old crun takes no other version; unwrapped groups stand where the specification
    /// has them.
    @Test
    void writesTheFieldsWhereTheSpecificationHasThem() {
        var json = new String(SpecJson.write(build(usual()).spec()), StandardCharsets.UTF_8);
        assertThat(json)
                .startsWith("{\"ociVersion\":\"1.0.2\",\"process\":{\"terminal\":false,")
                .contains("\"rlimits\":[{\"type\":\"RLIMIT_NOFILE\",\"soft\":20000,\"hard\":20000}")
                .contains("\"noNewPrivileges\":false")
                .contains("\"maskedPaths\":[\"/proc/acpi\"")
                .doesNotContain("confinement")
                .doesNotContain("null");
    }

    /// Pitfall 21: root has all that is bounding, nothing is inheritable or ambient.
    @Test
    void rootHasTheUsualCapabilitiesThatTheHostHas() {
        var sets = build(usual()).spec().process().capabilities();
        assertThat(sets.bounding()).containsExactly("CAP_CHOWN", "CAP_SETUID");
        assertThat(sets.effective()).isEqualTo(sets.bounding());
        assertThat(sets.ambient()).isEmpty();
        assertThat(sets.inheritable()).isEmpty();
    }

    @Test
    void othersHaveOnlyWhatWasAskedForByName() {
        var sets =
                build(
                                config(
                                        "web",
                                        List.of(),
                                        adding(
                                                List.of("net_admin", "CAP_SYS_TIME"),
                                                List.of("CHOWN"))))
                        .spec()
                        .process()
                        .capabilities();
        assertThat(sets.bounding()).containsExactly("CAP_SETUID", "CAP_NET_ADMIN");
        assertThat(sets.effective()).containsExactly("CAP_NET_ADMIN");
        assertThat(sets.ambient()).containsExactly("CAP_NET_ADMIN");
    }

    @Test
    void refusesAnUnknownCapability() {
        assertThatThrownBy(() -> build(config("", List.of(), adding(List.of("FLY"), List.of()))))
                .hasMessage("unknown capability 'FLY'");
    }

    @Test
    void findsTheUserInTheImage() {
        var process =
                build(config("web", List.of(), ContainerConfig.Security.usual())).spec().process();
        assertThat(process.user().uid()).isEqualTo(33);
        assertThat(process.user().gid()).isEqualTo(34);
        assertThat(process.user().additionalGids()).containsExactly(34L, 50L);
        assertThat(process.env()).contains("HOME=/srv", "PATH=/mine", "HOSTNAME=web");
    }

    @Test
    void takesNumbersTheImageDoesNotKnow() {
        var user =
                build(config("4000:5000", List.of(), ContainerConfig.Security.usual()))
                        .spec()
                        .process()
                        .user();
        assertThat(user.uid()).isEqualTo(4000);
        assertThat(user.additionalGids()).containsExactly(5000L);
    }

    @Test
    void saysWhichUserIsUnknown() {
        assertThatThrownBy(() ->
                        build(config("nobody-here", List.of(), ContainerConfig.Security.usual())))
                .isInstanceOf(ContainerStartException.class)
                .hasMessage("no user 'nobody-here' in the image's /etc/passwd");
    }

    /// Pitfall 25: an image whose passwd is a symlink to the host's gets nothing of it.
    @Test
    void followsNoSymlinkOutOfTheImage() throws IOException {
        Files.delete(root.resolve("etc/passwd"));
        var outside =
                Files.writeString(
                        root.resolveSibling(root.getFileName() + "-passwd"),
                        "evil:x:7:7::/:/bin/sh\n");
        Files.createSymbolicLink(root.resolve("etc/passwd"), outside);
        assertThatThrownBy(() -> build(config("evil", List.of(), ContainerConfig.Security.usual())))
                .hasMessageContaining("no user 'evil'");
        Files.delete(outside);
    }

    /// Pitfall 20.
    @Test
    void cutsLimitsToWhatTheHostGrantsAndSaysSo() {
        var limits =
                new ContainerConfig.Limits(
                        ResourceLimits.none(),
                        List.of(Rlimit.of("RLIMIT_NOFILE", 30_000, 30_000)),
                        Optional.of(-500));
        var built = build(with(usual(), namespaces(new Own()), limits));
        assertThat(built.spec().process().confinement().rlimits())
                .contains(
                        Rlimit.of("RLIMIT_NOFILE", 20_000, 20_000),
                        Rlimit.of("RLIMIT_NPROC", 100, 100));
        assertThat(built.spec().process().confinement().oomScoreAdj()).contains(0);
        assertThat(built.notes())
                .anyMatch(note -> note.contains("RLIMIT_NOFILE 30000 cut to 20000"));
    }

    /// Pitfall 23.
    @Test
    void joinedNamespacesGetNeitherHostNameNorSysctl() {
        var joined = new Joined(Path.of("/proc/1/ns/x"));
        var spec = build(with(usual(), namespaces(joined), ContainerConfig.Limits.none())).spec();
        assertThat(spec.hostname()).isEmpty();
        assertThat(spec.linux().sysctl()).isEmpty();
        assertThat(spec.linux().namespaces())
                .contains(new Linux.Namespace("uts", Optional.of("/proc/1/ns/x")));
    }

    @Test
    void theHostsNamespacesAreNotListed() {
        var spec =
                build(with(usual(), namespaces(new Host()), ContainerConfig.Limits.none())).spec();
        assertThat(spec.linux().namespaces())
                .containsExactly(new Linux.Namespace("mount", Optional.empty()));
    }

    /// Pitfall 26.
    @Test
    void mountsAreSortedByDepthAndTheContainersOwnWin() {
        var mine =
                List.of(
                        Mount.bind(Path.of("/a"), "/srv/a/b", true),
                        Mount.bind(Path.of("/s"), "/dev/shm", false),
                        Mount.bind(Path.of("/b"), "/srv", true));
        var mounts = build(config("", mine, ContainerConfig.Security.usual())).spec().mounts();
        var destinations = mounts.stream().map(Mount::destination).toList();
        assertThat(destinations)
                .doesNotHaveDuplicates()
                .containsSubsequence("/srv", "/srv/a/b")
                .containsSubsequence("/dev", "/dev/shm");
        assertThat(mounts).contains(mine.get(1));
    }

    @Test
    void unmaskedPathsAreNotHidden() {
        var paths =
                build(config("", List.of(), adding(List.of(), List.of()))).spec().linux().paths();
        assertThat(paths.maskedPaths())
                .doesNotContain("/proc/kcore", "/proc/scsi")
                .contains("/proc/keys", "/proc/cpuinfo");
        assertThat(paths.readonlyPaths()).doesNotContain("/proc/sys").contains("/proc/irq");
    }

    @Test
    void allAddedButOneAreAllButThatOne() {
        assertThat(bounding(List.of("ALL"), List.of("NET_ADMIN")))
                .containsExactly("CAP_CHOWN", "CAP_SETUID", "CAP_SYS_ADMIN");
        assertThat(bounding(List.of("CHOWN"), List.of("ALL"))).containsExactly("CAP_CHOWN");
        assertThat(bounding(List.of("NET_ADMIN"), List.of("NET_ADMIN")))
                .doesNotContain("CAP_NET_ADMIN");
        assertThat(bounding(List.of("ALL"), List.of("ALL"))).isEmpty();
    }

    private List<String> bounding(List<String> add, List<String> drop) {
        return build(config("", List.of(), adding(add, drop)))
                .spec()
                .process()
                .capabilities()
                .bounding();
    }

    @Test
    void writesLabelsAndOptionsOfProc() {
        var security =
                new ContainerConfig.Security(
                        false,
                        List.of(),
                        List.of(),
                        true,
                        new ContainerConfig.SeccompChoice.Unconfined(),
                        new ContainerConfig.ProcView(List.of(), List.of(), List.of("hidepid=2")),
                        new ContainerConfig.SecurityLabels(
                                Optional.of("guard"),
                                Optional.of("u:r:t:s0"),
                                Optional.of("u:object_r:f:s0")),
                        List.of());
        var spec = build(config("", List.of(), security)).spec();
        assertThat(new String(SpecJson.write(spec), StandardCharsets.UTF_8))
                .contains("\"noNewPrivileges\":true")
                .contains("\"apparmorProfile\":\"guard\"")
                .contains("\"selinuxLabel\":\"u:r:t:s0\"")
                .contains("\"mountLabel\":\"u:object_r:f:s0\"");
        assertThat(spec.mounts())
                .contains(
                        new Mount(
                                "/proc",
                                "proc",
                                "proc",
                                List.of("nosuid", "noexec", "nodev", "hidepid=2")));
    }

    /// A missing profile is told, not silently passed over.
    @Test
    void saysThatThereIsNoSeccompProfile() {
        assertThat(build(usual()).notes())
                .anyMatch(note -> note.startsWith("no seccomp profile on this host"));
        assertThat(build(usual()).spec().linux().seccomp()).isEmpty();
    }

    @Test
    void thereIsALimitOfTasksUnasked() {
        assertThat(
                        build(usual())
                                .spec()
                                .linux()
                                .group()
                                .resources()
                                .orElseThrow()
                                .pids()
                                .orElseThrow()
                                .limit())
                .isEqualTo(2048);
    }
}

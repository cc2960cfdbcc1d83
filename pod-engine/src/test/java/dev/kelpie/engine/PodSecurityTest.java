package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.sandbox.HostKernel.GroupGift;
import dev.kelpie.engine.spec.Confinement;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.PodSecurity;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.ProcessSpec;
import dev.kelpie.engine.spec.RunAs;
import dev.kelpie.engine.spec.Security;
import dev.kelpie.engine.spec.Volume;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the security of pods makes the engine do and refuse.
class PodSecurityTest {

    private static final RunAs NON_ROOT = new RunAs(true, List.of(), RunAs.Memberships.MERGE);

    @TempDir Path directory;

    private FakeEngine engine;

    @BeforeEach
    void open() throws InterruptedException {
        engine = FakeEngine.at(directory);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void play(PodSpec pod) throws InterruptedException {
        engine.plays.play(List.of(pod), PlayOptions.DEFAULT, _ -> {});
    }

    private static PodSpec pod(RunAs runAs, Confinement confinement, Optional<String> user) {
        var base = Specs.container("web", "c");
        var asked = base.process();
        var process =
                new ProcessSpec(
                        asked.command(),
                        asked.args(),
                        asked.env(),
                        asked.workingDir(),
                        user,
                        false,
                        false,
                        asked.late());
        var security =
                new Security(false, false, false, false, Set.of(), Set.of(), runAs, confinement);
        return Specs.pod(
                "web",
                List.of(
                        new ContainerSpec(
                                base.metadata(),
                                base.shortName(),
                                base.image(),
                                process,
                                base.mounts(),
                                base.resources(),
                                security,
                                base.policy())));
    }

    private static PodSpec with(PodSpec pod, PodSecurity security, Volume... volumes) {
        return new PodSpec(
                pod.metadata(),
                pod.initContainers(),
                pod.containers(),
                List.of(volumes),
                pod.network(),
                pod.sharing(),
                pod.policy(),
                security);
    }

    private void assertNothingWasMade() {
        assertThat(engine.pods.list()).isEmpty();
        assertThat(engine.kernel.namespaces).isEmpty();
    }

    @Test
    void refusesAnImageThatRunsAsRootInTheKubeletsWords() {
        var pod = pod(NON_ROOT, Confinement.USUAL, Optional.empty());
        assertThatThrownBy(() -> play(pod))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "container has runAsNonRoot and image will run as root (pod:"
                                + " \"web_default\", container: c)");
        assertNothingWasMade();
    }

    @Test
    void refusesANameThatTheImageDoesNotKnow() {
        var pod = pod(NON_ROOT, Confinement.USUAL, Optional.of("ghost:5"));
        assertThatThrownBy(() -> play(pod))
                .hasMessageStartingWith(
                        "container has runAsNonRoot and image has non-numeric user (ghost), cannot"
                                + " verify user is non-root (pod: ");
        assertNothingWasMade();
    }

    @Test
    void aUserGivenByNumberIsGoodEnough() throws InterruptedException {
        play(pod(NON_ROOT, Confinement.USUAL, Optional.of("1000:0")));
        assertThat(engine.pods.list()).hasSize(1);
    }

    @Test
    void refusesWhatTheHostLacksBeforeAnyImageIsPulled() {
        engine.images.missing.add(Specs.IMAGE);
        var label =
                new Confinement.SeLinux(
                        Optional.empty(), Optional.empty(), Optional.of("a_t"), Optional.empty());
        var confinement =
                new Confinement(
                        Confinement.USUAL.seccomp(),
                        Confinement.USUAL.appArmor(),
                        Optional.of(label),
                        Confinement.USUAL.proc());
        assertThatThrownBy(() -> play(pod(RunAs.USUAL, confinement, Optional.empty())))
                .hasMessage("container 'web-c': no SELinux here");
        assertThat(engine.images.pulled).isEmpty();
        assertNothingWasMade();
    }

    @Test
    void setsSysctlsInThePodsNamespaces() throws InterruptedException {
        var sysctls = Map.of("net.ipv4.conf.eth0/1.forwarding", "1");
        play(with(Specs.pod("web", "c"), new PodSecurity(sysctls, Optional.empty())));
        assertThat(engine.kernel.parameters)
                .isEqualTo(Map.of("net/ipv4/conf/eth0.1/forwarding", "1"));
    }

    @Test
    void givesVolumesButNoHostPathsToTheGroup() throws InterruptedException {
        var disk = new Volume("disk", new Volume.EmptyDir(false, OptionalLong.empty()));
        var memory = new Volume("memory", new Volume.EmptyDir(true, OptionalLong.empty()));
        var lasting = new Volume("lasting", new Volume.Named("data"));
        var host = new Volume("host", new Volume.HostPath(directory, Volume.HostPathType.ANY));
        var group = Optional.of(new PodSecurity.FsGroup(7, false));
        play(
                with(
                        Specs.pod("web", "c"),
                        new PodSecurity(Map.of(), group),
                        disk,
                        memory,
                        lasting,
                        host));
        assertThat(engine.kernel.given.values())
                .containsExactlyInAnyOrder(
                        new GroupGift(7, false, true),
                        new GroupGift(7, false, true),
                        new GroupGift(7, false, false));
        assertThat(engine.kernel.given).doesNotContainKey(directory);
    }
}

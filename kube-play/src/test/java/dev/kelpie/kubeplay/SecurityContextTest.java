package dev.kelpie.kubeplay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.spec.Confinement.AppArmor;
import dev.kelpie.engine.spec.Confinement.SeLinux;
import dev.kelpie.engine.spec.Confinement.Seccomp;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodSecurity;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.RunAs;
import dev.kelpie.engine.spec.Security;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityContextTest {

    private final KubeReader reader = new KubeReader();

    /// A pod whose context, and whose container's context, have these fields (flow style).
    private static String yaml(String pod, String container, String more) {
        return """
        apiVersion: v1
        kind: Pod
        metadata:
          name: p
        spec:
          %s
          securityContext: {%s}
          containers:
          - name: c
            image: localhost/i:1
            securityContext: {%s}
        """
                .formatted(more, pod, container);
    }

    private PodSpec play(String pod, String container) {
        return play(yaml(pod, container, ""), PlayOptions.DEFAULT);
    }

    private PodSpec play(String yaml, PlayOptions options) {
        return reader.read(List.of(new Source("f", yaml)), options).pods().getFirst();
    }

    private ContainerSpec container(String pod, String container) {
        return play(pod, container).containers().getFirst();
    }

    private Security security(String pod, String container) {
        return container(pod, container).security();
    }

    @Test
    void withoutAContextAllIsAsUsual() {
        var security = security("", "");
        assertThat(security.confinement()).isEqualTo(Security.DEFAULT.confinement());
        assertThat(security.runAs())
                .isEqualTo(new RunAs(false, List.of(), RunAs.Memberships.MERGE));
        assertThat(play("", "").security()).isEqualTo(PodSecurity.DEFAULT);
    }

    @Test
    void eachFieldOfTheContainerTakesThePlaceOfThePods() {
        var mixed = container("runAsUser: 5, runAsGroup: 6", "runAsUser: 7");
        assertThat(mixed.process().user()).contains("7:6");
        assertThat(container("runAsGroup: 6", "").process().user()).contains(":6");
        assertThat(security("runAsNonRoot: true", "").runAs().nonRoot()).isTrue();
        assertThat(security("runAsNonRoot: true", "runAsNonRoot: false").runAs().nonRoot())
                .isFalse();
    }

    @Test
    void fsGroupIsOneOfTheGroups() {
        var context = "fsGroup: 2000, supplementalGroups: [3000, 2000]";
        assertThat(security(context, "").runAs().groups()).containsExactly("2000", "3000");
        var strict = security(context + ", supplementalGroupsPolicy: Strict", "");
        assertThat(strict.runAs().memberships()).isEqualTo(RunAs.Memberships.STRICT);
        assertThat(play(context, "").security().fsGroup())
                .contains(new PodSecurity.FsGroup(2000, false));
        assertThat(play("fsGroup: 1, fsGroupChangePolicy: OnRootMismatch", "").security().fsGroup())
                .contains(new PodSecurity.FsGroup(1, true));
    }

    @Test
    void aSeccompProfileOfTheContainerWins() {
        var ofPod = "seccompProfile: {type: Localhost, localhostProfile: a/b.json}";
        assertThat(security(ofPod, "").confinement().seccomp())
                .isEqualTo(new Seccomp.Localhost(PlayOptions.SECCOMP_PROFILES, "a/b.json"));
        assertThat(
                        security(ofPod, "seccompProfile: {type: RuntimeDefault}")
                                .confinement()
                                .seccomp())
                .isEqualTo(new Seccomp.RuntimeDefault());
        assertThat(security("", "seccompProfile: {type: Unconfined}").confinement().seccomp())
                .isEqualTo(new Seccomp.Unconfined());
        assertThat(security(ofPod, "privileged: true").confinement().seccomp())
                .isEqualTo(new Seccomp.Usual());
    }

    @Test
    void readsLabels() {
        var confinement =
                security(
                                "seLinuxOptions: {type: a_t, level: 's0:c1,c2'}",
                                "appArmorProfile: {type: Localhost, localhostProfile: mine}")
                        .confinement();
        assertThat(confinement.appArmor()).isEqualTo(new AppArmor.Localhost("mine"));
        assertThat(confinement.seLinux())
                .contains(
                        new SeLinux(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("a_t"),
                                Optional.of("s0:c1,c2")));
        assertThat(
                        security(
                                        "seLinuxOptions: {type: a_t, level: s0}",
                                        "seLinuxOptions: {role: r}")
                                .confinement()
                                .seLinux()
                                .orElseThrow()
                                .type())
                .isEmpty();
    }

    @Test
    void readsSysctlsInBothSpellings() {
        var pod =
                play(
                        "sysctls: [{name: net/ipv4/conf/eno2.100/rp_filter, value: '1'},"
                                + " {name: kernel.shm_rmid_forced, value: '0'}]",
                        "");
        assertThat(pod.security().sysctls())
                .isEqualTo(
                        Map.of(
                                "net.ipv4.conf.eno2/100.rp_filter",
                                "1",
                                "kernel.shm_rmid_forced",
                                "0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sysctls: [{name: kernel.panic, value: '1'}] | '' | sysctls[0].name: forbidden sysctl: 'kernel.panic' is the whole host's",
                "sysctls: [{name: net..x, value: '1'}] | '' | sysctls[0].name: must be a sysctl such as",
                "sysctls: [{name: net/../kernel/panic, value: '1'}] | '' | sysctls[0].name: must be a sysctl such as",
                "sysctls: [{name: net.a, value: '1'}, {name: net/a, value: '2'}] | '' | sysctls[1].name: duplicate sysctl 'net/a'",
                "sysctls: [{name: kernel.sem, value: '1'}] | 'hostIPC: true' | sysctls[0].name: may not be specified when 'hostIPC' is true",
                "sysctls: [{name: net.core.somaxconn, value: '1'}] | 'hostNetwork: true' | sysctls[0].name: may not be specified when the pod is on the host's network",
                "fsGroup: -1 | '' | fsGroup: must be 0-2147483647, was -1",
                "supplementalGroups: [1, -2] | '' | supplementalGroups[1]: must be 0-2147483647, was -2",
                "supplementalGroupsPolicy: strict | '' | supplementalGroupsPolicy: must be one of Merge, Strict, was 'strict'",
                "fsGroupChangePolicy: Never | '' | fsGroupChangePolicy: must be one of Always, OnRootMismatch, was 'Never'",
                "seccompProfile: {type: Localhost} | '' | seccompProfile.localhostProfile: required, but missing",
                "seccompProfile: {localhostProfile: x} | '' | seccompProfile.type: required, but missing",
                "seccompProfile: {type: Localhost, localhostProfile: /etc/x} | '' | localhostProfile: must be a relative path without '..', was '/etc/x'",
                "seccompProfile: {type: Localhost, localhostProfile: a/../../x} | '' | localhostProfile: must be a relative path without '..'",
                "seccompProfile: {type: Unconfined, localhostProfile: x} | '' | localhostProfile: must only be written with type: Localhost",
                "appArmorProfile: {type: localhost} | '' | appArmorProfile.type: must be one of",
                "seLinuxOptions: {type: 'a:b'} | '' | seLinuxOptions.type: must be a part of an SELinux label, was 'a:b'",
                "'windowsOptions: {runAsUserName: x}' | 'os: {name: linux}' | windowsOptions: must not be written with os.name: linux",
            })
    void refusesWhatThePodMustNotAskFor(String pod, String more, String message) {
        assertThatThrownBy(() -> play(yaml(pod, "", more), PlayOptions.DEFAULT))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageContaining("spec.securityContext.")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "procMount: Unmasked | procMount: hostUsers must be false to use Unmasked",
                "procMount: Naked | procMount: must be one of Default, Unmasked, was 'Naked'",
                "privileged: true, allowPrivilegeEscalation: false | must not be false with privileged: true",
                "capabilities: {add: [CAP_SYS_ADMIN]}, allowPrivilegeEscalation: false | must not be false with the capability SYS_ADMIN",
                "runAsUser: 0, runAsNonRoot: true | must not be 0 (root) together with runAsNonRoot",
                "seccompProfile: {type: Localhost, localhostProfile: ../x} | must be a relative path without '..'",
            })
    void refusesWhatTheContainerMustNotAskFor(String container, String message) {
        assertThatThrownBy(() -> play("", container))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageContaining("spec.containers[0].securityContext.")
                .hasMessageContaining(message);
    }

    /// The annotation goes over `hostUsers`, and then root is the host's root.
    @Test
    void anUnmaskedProcIsNeverGivenToTheHostsRoot() {
        var yaml = yaml("", "procMount: Unmasked", "hostUsers: false");
        var onHost =
                yaml.replace(
                        "name: p\n",
                        "name: p\n  annotations: {io.podman.annotations.userns: host}\n");
        assertThat(unmasked(yaml)).containsExactly("ALL");
        assertThat(unmasked(onHost)).isEmpty();
    }

    private List<String> unmasked(String yaml) {
        var pod = play(yaml, PlayOptions.DEFAULT);
        return pod.containers().getFirst().security().confinement().proc().unmasked();
    }

    @Test
    void theCommandLinePutsAPodOnTheHostsNetworkToo() {
        var yaml = yaml("sysctls: [{name: net.core.somaxconn, value: '1'}]", "", "");
        var onHost = PlayOptions.DEFAULT.withNetwork(new PodNetwork.Host());
        assertThatThrownBy(() -> play(yaml, onHost)).hasMessageContaining("on the host's network");
        assertThat(play(yaml, PlayOptions.DEFAULT).security().sysctls()).hasSize(1);
    }
}

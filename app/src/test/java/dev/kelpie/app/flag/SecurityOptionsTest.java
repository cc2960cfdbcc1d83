package dev.kelpie.app.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.spec.Confinement;
import dev.kelpie.engine.spec.Confinement.AppArmor;
import dev.kelpie.engine.spec.Confinement.ProcView;
import dev.kelpie.engine.spec.Confinement.SeLinux;
import dev.kelpie.engine.spec.Confinement.Seccomp;
import dev.kelpie.engine.spec.PodNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityOptionsTest {

    private static SecurityOptions options(String... words) {
        var options = new SecurityOptions(Path.of("/here")::resolve);
        List.of(words).forEach(options::add);
        return options;
    }

    @Test
    void nothingIsTheUsual() {
        assertThat(options().confinement()).isEqualTo(Confinement.USUAL);
        assertThat(options("label=disable").confinement()).isEqualTo(Confinement.USUAL);
        assertThat(options().noNewPrivileges()).isFalse();
    }

    @Test
    void readsEach() {
        var options =
                options(
                        "no-new-privileges",
                        "seccomp=mine.json",
                        "apparmor:guard",
                        "label=type:a_t",
                        "label=level:s0:c1,c2",
                        "mask=/proc/a:/proc/b",
                        "unmask=/proc/*",
                        "proc-opts=hidepid=2,subset=pid");
        assertThat(options.noNewPrivileges()).isTrue();
        assertThat(options.confinement())
                .isEqualTo(
                        new Confinement(
                                new Seccomp.File(Path.of("/here/mine.json")),
                                new AppArmor.Localhost("guard"),
                                Optional.of(
                                        new SeLinux(
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.of("a_t"),
                                                Optional.of("s0:c1,c2"))),
                                new ProcView(
                                        List.of("/proc/a", "/proc/b"),
                                        List.of("/proc/*"),
                                        List.of("hidepid=2", "subset=pid"))));
        assertThat(options("unmask=all").confinement().proc().unmasked()).containsExactly("ALL");
        assertThat(options("seccomp=unconfined").confinement().seccomp())
                .isEqualTo(new Seccomp.Unconfined());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fly",
                "seccomp",
                "seccomp=",
                "no-new-privileges=perhaps",
                "label=colour:red",
                "mask=proc",
                "unmask=/proc/[",
                "proc-opts=exec"
            })
    void refusesTheRest(String word) {
        assertThatThrownBy(() -> options(word))
                .hasMessageStartingWith("invalid --security-opt \"" + word + "\": must be ");
    }

    @Test
    void sysctlsAreThoseOfOnesOwnNamespaces() {
        var bridge = new PodNetwork.Bridge(List.of());
        assertThat(SysctlFlag.parse(List.of("net/ipv4/ip_forward=1=2"), bridge, false).sysctls())
                .isEqualTo(Map.of("net.ipv4.ip_forward", "1=2"));
        assertThatThrownBy(() -> SysctlFlag.parse(List.of("kernel.panic=1"), bridge, false))
                .hasMessageContaining("\"kernel.panic\" is the whole host's");
        assertThatThrownBy(() -> SysctlFlag.parse(List.of("net.a"), bridge, false))
                .hasMessageContaining("must be of the form name=value");
        assertThatThrownBy(() -> SysctlFlag.parse(List.of("net.a=1"), new PodNetwork.Host(), false))
                .hasMessageContaining("network namespace of others");
        assertThatThrownBy(() -> SysctlFlag.parse(List.of("kernel.sem=1"), bridge, true))
                .hasMessageContaining("host's IPC namespace");
    }
}

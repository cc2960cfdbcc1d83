package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Manifests that set all honoured fields of pods and containers at once, seen from inside. That
/// they do set all of them is held by `EveryFieldTest` of kube-play.
@OnlyKelpie
class EverythingIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    private static String manifest(String name) {
        try (var file = EverythingIT.class.getResourceAsStream("/everything/" + name)) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String runtime() {
        return kelpie.ok("info", "--format", "{{.Host.OCIRuntime.Name}}").split("[- ]", 2)[0];
    }

    private String inside(String shell) {
        return kelpie.ok("exec", "all-c", "sh", "-c", shell + "; true");
    }

    @Test
    void eachFieldIsSeenFromInside() {
        kelpie.play(manifest("pod.yaml").replace("RUNTIME", runtime()), "--wait-ready=1m");
        seesItsNames();
        seesItsProcessAndVariables();
        seesItsVolumes();
        takesInput();
        isStartedAgainByItsRule();
        endsInOrder();
    }

    private void seesItsNames() {
        assertThat(inside("hostname; grep -c friend /etc/hosts; cat /etc/resolv.conf"))
                .isEqualTo(
                        "desk.office.shop.svc.cluster.local\n1\n"
                                + "nameserver 192.0.2.53\nsearch example.org\noptions ndots:2");
    }

    private void seesItsProcessAndVariables() {
        assertThat(inside("pwd; id -u; id -g; id -G; ps | grep -c '[c]atatonit'; cat /w/tty"))
                .isEqualTo("/tmp\n1000\n100\n100 2000 3000\n1\nhello plain");
        assertThat(inside("echo $PLAIN $GREETING $ACCOUNT $MEM $LOOK $LOGIN $FILED $P_color"))
                .isEqualTo("plain hello plain robot 64 blue admin red blue");
        assertThat(inside("echo $FRONT_SERVICE_PORT; grep -E 'CapEff|NoNew' /proc/self/status"))
                .isEqualTo("80\nCapEff:\t0000000000000000\nNoNewPrivs:\t1");
        assertThat(inside("cat /w/order")).isEqualTo("first\nside\nc\nhook");
        assertThat(kelpie.ok("inspect", "--format", "{{.State.Health.Status}}", "all-c"))
                .isEqualTo("healthy");
        assertThat(kelpie.inspect("all-c").at("/HostConfig/Memory").asLong()).isEqualTo(64 << 20);
    }

    private void seesItsVolumes() {
        assertThat(inside("cat /look/paint /login/user; ls /both; cat /told/labels"))
                .isEqualTo("blueadmincolor\nuser\napp=\"shop\"");
        assertThat(inside("touch /memory/x /own/x /part/x; ls /sealed /own /kept/of-plain"))
                .isEqualTo("/kept/of-plain:\nx\n\n/own:\nx\n\n/sealed:\nx");
        assertThat(inside("touch /sealed/y || echo no; touch /y || echo no; ls /files/bin/sh"))
                .isEqualTo("no\nno\n/files/bin/sh");
        assertThat(inside("busybox df /memory | grep -c ' 1024 '; ls /zone | head -n 1"))
                .startsWith("1\n")
                .hasSizeGreaterThan(2);
    }

    private void takesInput() {
        try (var attached = kelpie.start("attach", "--sig-proxy=false", "all-c")) {
            attached.write("typed\n");
            Await.until("the line", () -> inside("cat /w/line").equals("typed"));
        }
    }

    private void isStartedAgainByItsRule() {
        kelpie.ok("kill", "--signal", "USR1", "all-c");
        var count = new String[] {"exec", "all-c", "grep", "-c", "^c$", "/w/order"};
        Await.until("the second run", () -> kelpie.run(count).text().equals("2"));
        assertThat(kelpie.inspect("all-c").at("/RestartCount").asInt()).isEqualTo(1);
    }

    private void endsInOrder() {
        var kept = kelpie.ok("volume", "inspect", "--format", "{{.Mountpoint}}", "kept");
        kelpie.ok("pod", "stop", "all");
        assertThat(kelpie.inspect("all-c").at("/State/Message").asText().strip())
                .isEqualTo("its word");
        if (Host.isRoot()) {
            assertThat(Host.read(Path.of(kept, "end"))).isEqualTo("stopping\nc ends\nside ends\n");
        }
        kelpie.ok("kube", "down", "--force", kelpie.directory().resolve("pod.yaml").toString());
    }

    @Test
    void othersAreSeenToo() {
        kelpie.play(manifest("others.yaml"));
        assertThat(kelpie.ok("exec", "machine-c", "hostname"))
                .isEqualTo(Host.run("hostname").expect(0).text());
        assertThat(kelpie.ok("exec", "machine-c", "cat", "/proc/1/comm"))
                .isEqualTo(Host.read(Path.of("/proc/1/comm")).strip());
        assertThat(kelpie.ok("exec", "machine-c", "busybox", "readlink", "/proc/self/ns/ipc"))
                .isEqualTo(Host.run("readlink", "/proc/self/ns/ipc").expect(0).text());
        assertThat(kelpie.ok("exec", "apart-c", "hostname")).isEqualTo("apart.example.org");
        assertThat(kelpie.fails(1, "wait", "--for=condition=Ready", "--timeout=100ms", "apart"))
                .contains("example.org/open: ReadinessGateNotSet");
        assertThat(kelpie.state("held-c")).isEqualTo("created");
        assertThat(kelpie.json("pod", "inspect", "held").at("/0/Reason").asText())
                .isEqualTo("SchedulingGated");
    }
}

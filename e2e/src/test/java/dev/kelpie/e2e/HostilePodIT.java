package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A container that writes without end, a probe whose target never answers, and a hook that never
/// returns are bounded; the other containers of the pod do not notice.
@OnlyKelpie
class HostilePodIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static final long MOST = 51L << 20;

    private final Kelpie kelpie = ENGINE.kelpie();

    @Test
    void isBoundedAndDisturbsNobody() throws IOException {
        var loud =
                Box.container(
                        "loud",
                        "busybox yes 'a line of a log that nobody asked for, again and again'"
                                + " | busybox head -c 90000000; touch /tmp/done; "
                                + Box.staying());
        var deaf =
                Box.containerWith(
                        "deaf",
                        "while :; do busybox nc -l -p 9000 -e sleep 1000 >/dev/null; done",
                        """
                        readinessProbe:
                          httpGet: {path: /, port: 9000}
                          periodSeconds: 1
                          timeoutSeconds: 1
                        lifecycle: {preStop: {exec: {command: [sleep, "1000"]}}}
                        """);
        var calm =
                Box.containerWith(
                        "calm",
                        "mkdir /www; touch /www/index.html; exec httpd -f -p 8080 -h /www",
                        """
                        readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 1}
                        livenessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 1}
                        """);
        kelpie.play(Box.pod("rough", loud, deaf, calm));
        Await.until(
                "the flood",
                () -> kelpie.run("exec", "rough-loud", "test", "-e", "/tmp/done").exitCode() == 0);
        var log = Path.of(kelpie.inspect("rough-loud").at("/HostConfig/LogConfig/Path").asText());
        assertThat(Files.size(log)).isLessThan(MOST);
        assertThat(kelpie.ok("logs", "--tail", "1", "rough-loud")).startsWith("a line");
        Await.until("calm to be ready", () -> health("rough-calm").equals("healthy"));
        assertThat(kelpie.ok("inspect", "--format", "{{.RestartCount}}", "rough-calm"))
                .isEqualTo("0");
        Await.until("deaf to be found out", () -> health("rough-deaf").equals("unhealthy"));
        kelpie.ok("pod", "stop", "rough");
        assertThat(kelpie.state("rough-deaf")).isEqualTo("exited");
    }

    private String health(String container) {
        return kelpie.ok("inspect", "--format", "{{.State.Health.Status}}", container);
    }
}

package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Probes and health checks of containers that run.
@OnlyKelpie
class ProbesIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    private static String serving(String more) {
        return "mkdir -p /www; echo yes > /www/ok; " + more + "exec httpd -f -p 8080 -h /www";
    }

    private String health(String container) {
        return kelpie.inspect(container).at("/State/Health/Status").asText();
    }

    private void awaitHealth(String container, String wanted) {
        Await.until(
                () -> container + " to be " + wanted + ": " + kelpie.inspect(container),
                () -> health(container).equals(wanted));
    }

    private boolean ready(String pod) {
        for (var condition : kelpie.json("pod", "inspect", pod).at("/0/Conditions")) {
            if (condition.at("/Type").asText().equals("Ready")) {
                return condition.at("/Status").asText().equals("True");
            }
        }
        return false;
    }

    @Test
    void podsAreReadyWhileTheirProbesPassAlsoAfterTheServiceWasKilled() {
        var fields =
                """
                ports: [{name: web, containerPort: 8080}]
                startupProbe: {tcpSocket: {port: web}, periodSeconds: 1, failureThreshold: 60}
                livenessProbe: {exec: {command: [test, -d, /www]}, periodSeconds: 1}
                readinessProbe: {httpGet: {path: /ok, port: web}, periodSeconds: 1, failureThreshold: 1}
                """;
        kelpie.play(Box.pod("web", Box.containerWith("c", serving("sleep 1; "), fields)));
        assertThat(kelpie.ok("ps", "--format", "{{.Status}}")).contains("(starting)");
        Await.until("the pod to be ready", () -> ready("web"));
        assertThat(health("web-c")).isEqualTo("healthy");
        kelpie.ok("exec", "web-c", "sh", "-c", "echo > /www/new; busybox rm /www/ok");
        Await.until("the pod not to be ready", () -> !ready("web"));
        assertThat(health("web-c")).isEqualTo("unhealthy");
        kelpie.killService();
        kelpie.ok("exec", "web-c", "sh", "-c", "echo yes > /www/ok");
        Await.until("the pod to be ready again", () -> ready("web"));
        assertThat(kelpie.inspect("web-c").at("/RestartCount").asInt()).isZero();
    }

    @Test
    void aContainerWhoseLivenessProbeFailsIsStartedAgain() {
        var fields =
                """
                livenessProbe:
                  httpGet: {path: /ok, port: 8080}
                  periodSeconds: 1
                  failureThreshold: 2
                  terminationGracePeriodSeconds: 1
                """;
        kelpie.play(Box.pod("ill", Box.containerWith("c", serving(""), fields)));
        awaitHealth("ill-c", "healthy");
        kelpie.ok("exec", "ill-c", "busybox", "rm", "/www/ok");
        Await.until("a restart", () -> kelpie.inspect("ill-c").at("/RestartCount").asInt() == 1);
        var run = kelpie.inspect("ill-c").at("/State/LastRuns/0");
        assertThat(run.at("/Message").asText())
                .contains("failed liveness probe", "HTTP probe failed with statuscode: 404");
        awaitHealth("ill-c", "healthy");
    }

    @Test
    void healthChecksWorkAsWithPodman() {
        kelpie.ok(
                "run",
                "-d",
                "--name",
                "sick",
                "--health-cmd",
                "test -e /tmp/well",
                "--health-interval",
                "1s",
                "--health-retries",
                "2",
                Box.IMAGE,
                "sleep",
                "1000");
        awaitHealth("sick", "unhealthy");
        assertThat(kelpie.run("healthcheck", "run", "sick").expect(1).text())
                .isEqualTo("unhealthy");
        kelpie.ok("exec", "sick", "touch", "/tmp/well");
        kelpie.ok("healthcheck", "run", "sick");
        assertThat(kelpie.ok("ps", "--format", "{{.Status}}")).endsWith("(healthy)");
        assertThat(kelpie.inspect("sick").at("/Config/Healthcheck/Test/1").asText())
                .isEqualTo("test -e /tmp/well");
        kelpie.ok("run", "-d", "--name", "plain", Box.IMAGE, "sleep", "1000");
        assertThat(kelpie.fails(125, "healthcheck", "run", "plain"))
                .contains("has no defined healthcheck");
    }

    @Test
    void anUnhealthyContainerIsEndedWhenThatWasAskedFor() {
        kelpie.ok(
                "run",
                "-d",
                "--name",
                "killed",
                "--health-cmd",
                "false",
                "--health-interval",
                "1s",
                "--health-retries",
                "1",
                "--health-on-failure",
                "kill",
                Box.IMAGE,
                "sleep",
                "1000");
        kelpie.awaitState("killed", "exited");
        assertThat(kelpie.inspect("killed").at("/State/ExitCode").asInt()).isEqualTo(137);
    }
}

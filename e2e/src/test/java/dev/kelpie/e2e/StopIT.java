package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `stop`, `kill`, `restart`, `start`, `wait`, `rm`, and the same for pods.
class StopIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    /// As the first process of its namespace the shell takes no notice of signals it does not trap.
    private static final String DEAF = "while :; do sleep 1000; done";

    private final Kelpie kelpie = ENGINE.kelpie();

    private int exitCode(String container) {
        return kelpie.inspect(container).at("/State/ExitCode").asInt();
    }

    @Test
    void tellsTheContainerToEndAndWaits() {
        var polite =
                "trap 'echo bye; exit 5' TERM; echo up; while :; do sleep 1000 & wait $!; done";
        kelpie.ok("run", "-d", "--name", "polite", Box.IMAGE, "sh", "-c", polite);
        kelpie.awaitLog("polite", "up");
        assertThat(kelpie.ok("stop", "polite")).isEqualTo("polite");
        assertThat(kelpie.state("polite")).isEqualTo("exited");
        assertThat(exitCode("polite")).isEqualTo(5);
        assertThat(kelpie.log("polite")).isEqualTo("up\nbye");
    }

    @Test
    void killsWhatDoesNotListenWhenItsTimeIsOver() {
        kelpie.ok("run", "-d", "--name", "deaf", Box.IMAGE, "sh", "-c", DEAF);
        var begin = Instant.now();
        kelpie.ok("stop", "-t", "1", "deaf");
        assertThat(Duration.between(begin, Instant.now())).isGreaterThan(Duration.ofSeconds(1));
        assertThat(exitCode("deaf")).isEqualTo(137);
    }

    @Test
    void podsStopAllAtOnce() {
        var yaml = new StringBuilder();
        for (var i = 0; i < 6; i++) {
            yaml.append("---\n").append(Box.pod("deaf" + i, Box.container("c", DEAF)));
        }
        kelpie.play(yaml.toString().replace("GracePeriodSeconds: 1", "GracePeriodSeconds: 5"));
        var begin = Instant.now();
        kelpie.ok("kube", "down", kelpie.manifest(yaml.toString()).toString());
        if (Kelpie.isKelpie()) {
            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(15));
        }
        assertThat(kelpie.ok("ps", "-aq")).isEmpty();
    }

    @Test
    void stoppedByHandIsNotStartedAgain() {
        kelpie.play(Box.pod("pod", Box.container("c", Box.staying())));
        kelpie.ok("stop", "pod-c");
        assertThat(kelpie.state("pod-c")).isEqualTo("exited");
        kelpie.ok("start", "pod-c");
        kelpie.awaitState("pod-c", "running");
    }

    @Test
    void killSendsTheSignal() {
        var reporter =
                "trap 'echo got usr1' USR1; trap 'exit 0' TERM; echo up; "
                        + "while :; do sleep 1000 & wait $!; done";
        kelpie.ok("run", "-d", "--name", "target", Box.IMAGE, "sh", "-c", reporter);
        kelpie.awaitLog("target", "up");
        kelpie.ok("kill", "--signal", "USR1", "target");
        kelpie.awaitLog("target", "got usr1");
        assertThat(kelpie.ok("kill", "target")).isEqualTo("target");
        kelpie.awaitState("target", "exited");
        assertThat(exitCode("target")).isEqualTo(137);
    }

    @Test
    void waitPrintsTheExitCodes() {
        kelpie.ok("run", "-d", "--name", "w3", Box.IMAGE, "sh", "-c", "sleep 0.3; exit 3");
        kelpie.ok("run", "-d", "--name", "w4", Box.IMAGE, "sh", "-c", "exit 4");
        assertThat(kelpie.ok("wait", "w3", "w4")).isEqualTo("3\n4");
    }

    @Test
    void restartGivesANewProcess() {
        kelpie.ok("run", "-d", "--name", "r", Box.IMAGE, "sh", "-c", Box.staying());
        var pid = kelpie.pid("r");
        assertThat(kelpie.ok("restart", "r")).isEqualTo("r");
        assertThat(kelpie.pid("r")).isNotEqualTo(pid).isPositive();
    }

    @Test
    void podsStopStartAndRestart() {
        kelpie.play(
                Box.pod(
                        "pod",
                        Box.container("a", Box.staying()),
                        Box.container("b", Box.staying())));
        assertThat(kelpie.ok("pod", "stop", "pod")).isEqualTo("pod");
        assertThat(kelpie.state("pod-a")).isEqualTo("exited");
        assertThat(kelpie.ok("pod", "ps", "--format", "{{.Status}}")).isEqualTo("Exited");
        assertThat(kelpie.ok("pod", "start", "pod")).isEqualTo("pod");
        kelpie.awaitState("pod-b", "running");
        var pid = kelpie.pid("pod-a");
        kelpie.ok("pod", "restart", "pod");
        kelpie.awaitState("pod-a", "running");
        assertThat(kelpie.pid("pod-a")).isNotEqualTo(pid);
        var killed = kelpie.pid("pod-a");
        kelpie.ok("pod", "kill", "pod"); // its policy may have it back before anybody looks
        Await.until("its end", () -> kelpie.pid("pod-a") != killed);
    }

    @Test
    void podsAreRemovedByForceOrWhenTheyStand() {
        kelpie.play(Box.pod("pod", Box.container("a", Box.staying())));
        kelpie.run("pod", "rm", "pod");
        kelpie.ok("pod", "rm", "-f", "pod");
        assertThat(kelpie.ok("pod", "ps", "-q")).isEmpty();
        assertThat(kelpie.run("pod", "rm", "pod").exitCode()).isEqualTo(1);
        assertThat(kelpie.run("pod", "rm", "-f", "pod").exitCode()).isZero();
    }

    @Test
    void runningContainersAreOnlyRemovedByForce() {
        kelpie.ok("run", "-d", "--name", "busy", Box.IMAGE, "sh", "-c", Box.staying());
        assertThat(kelpie.fails(2, "rm", "busy")).contains("running");
        assertThat(kelpie.ok("rm", "-f", "busy")).isEqualTo("busy");
        assertThat(kelpie.fails(1, "rm", "busy")).contains("busy");
        assertThat(kelpie.run("rm", "--ignore", "busy").exitCode()).isZero();
    }

    @Test
    void tellsOfEveryNameThatItDoesNotKnow() {
        assertThat(kelpie.fails(125, "stop", "no1", "no2")).contains("no1");
        assertThat(kelpie.fails(125, "start", "no1")).contains("no1");
        assertThat(kelpie.fails(125, "pod", "stop", "no1")).contains("no1");
    }
}

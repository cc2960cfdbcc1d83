package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Seeing what pods do and why: `top`, `stats`, `pause`, merged logs, `why`, `wait --for`.
@OnlyKelpie
class SeeingIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static final String TALKING =
            "for i in 1 2 3; do echo $0 $i; sleep 0.2; done; sleep 1000 & wait";

    private final Kelpie kelpie = ENGINE.kelpie();

    private void playTwo() {
        kelpie.play(
                Box.pod(
                        "seen",
                        Box.container("a", "set -- a\n" + TALKING.replace("$0", "from-a")),
                        Box.container("b", "sleep 0.1\n" + TALKING.replace("$0", "from-b"))));
    }

    @Test
    void topShowsProcessesAsTheContainerSeesThem() {
        playTwo();
        assertThat(kelpie.run("top", "seen-a").lines().getFirst().split(" +"))
                .containsExactly(
                        "USER", "PID", "PPID", "%CPU", "ELAPSED", "TTY", "TIME", "COMMAND");
        assertThat(kelpie.ok("top", "seen-a", "pid", "ppid", "user", "args"))
                .containsPattern("(?m)^1 +0 +root +sh -c");
        var host = kelpie.run("top", "seen-a", "hpid,pid").lines().get(1).split(" +");
        assertThat(host).containsExactly(Long.toString(kelpie.pid("seen-a")), "1");
        assertThat(kelpie.ok("pod", "top", "seen", "args"))
                .contains("from-a", "from-b")
                .doesNotContain("kthreadd", "java");
        assertThat(kelpie.fails(125, "top", "seen-a", "colour")).contains("'colour'", "pid");
        kelpie.ok("stop", "-t", "0", "seen-a");
        assertThat(kelpie.fails(125, "top", "seen-a")).contains("seen-a", "exited");
    }

    @Test
    void statsShowWhatIsUsedAndPauseStopsIt() {
        assumeTrue(Host.isRoot(), "this user may have no control group");
        kelpie.play(Box.pod("busy", Box.container("c", "while :; do :; done")));
        Await.until("it to use CPU", () -> cpuNanos() > 0);
        var one = kelpie.json("stats", "--no-stream", "--format", "json", "busy-c").get(0);
        assertThat(one.path("name").asText()).isEqualTo("busy-c");
        assertThat(one.path("mem_usage").asText()).contains("B / ");
        assertThat(kelpie.run("pod", "stats", "--no-stream", "busy").lines().getFirst())
                .startsWith("POD")
                .contains("CID", "MEM USAGE/ LIMIT");
        kelpie.ok("pause", "busy-c");
        assertThat(kelpie.state("busy-c")).isEqualTo("paused");
        var before = cpuNanos();
        assertThat(cpuNanos()).isEqualTo(before);
        assertThat(kelpie.fails(255, "exec", "busy-c", "true")).contains("paused");
        assertThat(kelpie.fails(125, "pause", "busy-c")).contains("paused");
        kelpie.ok("pod", "unpause", "busy");
        Await.until("it to go on", () -> cpuNanos() > before);
        kelpie.ok("pod", "pause", "busy");
        assertThat(kelpie.ok("pod", "ps", "--format", "{{.Status}}")).isEqualTo("Paused");
        kelpie.ok("pod", "rm", "-f", "busy");
    }

    private long cpuNanos() {
        return Long.parseLong(
                kelpie.ok("stats", "--no-stream", "--format", "{{.CPUNano}}", "busy-c"));
    }

    @Test
    void logsOfAPodAreMergedInTheOrderOfTime() {
        playTwo();
        kelpie.awaitLog("seen-a", "from-a 3");
        kelpie.awaitLog("seen-b", "from-b 3");
        assertThat(kelpie.run("kube", "logs", "--names", "seen").lines())
                .containsExactly(
                        "seen-a from-a 1",
                        "seen-b from-b 1",
                        "seen-a from-a 2",
                        "seen-b from-b 2",
                        "seen-a from-a 3",
                        "seen-b from-b 3");
        assertThat(kelpie.ok("pod", "logs", "--tail", "1", "seen"))
                .contains("from-a 3", "from-b 3")
                .doesNotContain("from-a 2");
        assertThat(kelpie.ok("pod", "logs", "--color", "seen")).contains("\u001b[36mseen-a");
        assertThat(kelpie.fails(125, "kube", "logs", "nobody")).contains("nobody");
    }

    @Test
    void logsFollowRestartsAndShowTheRunBefore() {
        kelpie.play(
                Box.podWith(
                        "again",
                        "restartPolicy: OnFailure\n",
                        Box.container(
                                "c",
                                """
                                n=$(cat /tmp/n 2>/dev/null || echo 0); echo $((n+1)) >/tmp/n
                                echo run $n; [ $n -ge 1 ] && sleep 1000
                                exit 3
                                """)));
        try (var running = kelpie.start("pod", "logs", "-f", "again")) {
            running.awaitOutput("run 0\nrun 1\n").signal("INT");
        }
        assertThat(kelpie.ok("pod", "logs", "--previous", "again")).isEqualTo("run 0");
    }

    @Test
    void whyTellsWhatHappenedAlsoAfterwards() {
        kelpie.play(
                Box.podWith(
                        "sick",
                        "restartPolicy: Never\n",
                        Box.container("c", "echo no database >&2; exit 3"),
                        Box.container("d", Box.staying())));
        kelpie.awaitState("sick-c", "exited");
        assertThat(kelpie.ok("why", "sick"))
                .contains("container sick-c", "exit code 3 (Error)", "| no database")
                .contains("events:", "sick-c died exit code 3", "next:", "kelpie logs sick-c");
        var json = kelpie.json("why", "--format", "json", "sick-c");
        assertThat(json.at("/containers/0/end/exitCode").asInt()).isEqualTo(3);
        kelpie.ok("pod", "rm", "-f", "sick");
        assertThat(kelpie.ok("why", "sick")).startsWith("pod sick: gone").contains("died");
        assertThat(kelpie.fails(125, "why", "never-heard-of")).contains("never-heard-of");
    }

    @Test
    void waitForReturnsWhenReadyOrTellsWhatIsNot() {
        kelpie.play(Box.pod("well", Box.container("c", Box.staying())), "--wait-ready");
        assertThat(kelpie.ok("wait", "--for=condition=Ready", "pod/well"))
                .isEqualTo("pod/well condition met");
        assertThat(kelpie.ok("wait", "--for=jsonpath={.status.phase}=Running", "well"))
                .contains("condition met");
        assertThat(kelpie.fails(1, "wait", "--for=condition=Ready=false", "--timeout=0", "well"))
                .contains("pod 'well' is not");
        try (var running = kelpie.start("wait", "--for=delete", "--timeout=60s", "well")) {
            kelpie.ok("pod", "rm", "-f", "well");
            running.awaitOutput("pod/well deleted");
        }
        var words = List.of("kube", "play", "--wait-ready=2s");
        var failing =
                Box.podWith(
                        "ill",
                        "restartPolicy: Never\nreadinessGates: [{conditionType: example.org/n}]\n",
                        Box.container("c", "echo x; exit 4"));
        var all = new java.util.ArrayList<>(words);
        all.add(kelpie.manifest(failing).toString());
        assertThat(kelpie.fails(1, all.toArray(String[]::new)))
                .contains("pod 'ill' is not ready", "ill-c", "exit code 4");
    }

    @Test
    void attachShowsTheLogsAndStopsThePodsAtTheEnd() {
        var file =
                kelpie.manifest(Box.pod("up", Box.container("c", "echo hello; " + Box.staying())));
        try (var running = kelpie.start("kube", "play", "--attach", file.toString())) {
            running.awaitOutput("up-c | hello").signal("INT");
            assertThat(running.await().exitCode()).isZero();
        }
        assertThat(kelpie.state("up-c")).isEqualTo("exited");
    }
}

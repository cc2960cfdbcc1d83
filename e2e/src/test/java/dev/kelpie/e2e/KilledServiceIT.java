package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The service is killed while pods run: they go on, and the next command finds all in order.
@OnlyKelpie
class KilledServiceIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();
    private final int port = Host.freePort();

    @BeforeEach
    void playAndKill() {
        var server = "mkdir /www; echo still here > /www/index.html; exec httpd -f -p 80 -h /www";
        var ports = "ports: [{containerPort: 80, hostPort: " + port + "}]\n";
        kelpie.play(
                Box.pod(
                                "web",
                                Box.containerWith("www", server, ports),
                                Box.container("other", "echo up; " + Box.staying()))
                        + "---\n"
                        + Box.pod("peer", Box.container("c", Box.staying())));
        Host.awaitPage("http://127.0.0.1:" + port + "/", "still here");
        kelpie.killService();
    }

    @Test
    void containersAnswerAndAreListed() {
        Host.awaitPage("http://127.0.0.1:" + port + "/", "still here");
        assertThat(kelpie.ok("ps", "--filter", "status=running", "-q").lines()).hasSize(5);
        assertThat(kelpie.ok("pod", "ps", "--format", "{{.Status}}")).isEqualTo("Running\nRunning");
    }

    @Test
    void everythingWorksOnThem() {
        assertThat(kelpie.ok("exec", "web-other", "echo", "works")).isEqualTo("works");
        assertThat(kelpie.log("web-other")).isEqualTo("up");
        assertThat(kelpie.ok("exec", "peer-c", "wget", "-q", "-O", "-", "http://web/"))
                .isEqualTo("still here");
        kelpie.ok("restart", "web-other");
        kelpie.ok("stop", "web-www");
        assertThat(kelpie.state("web-www")).isEqualTo("exited");
        kelpie.ok("start", "web-www");
        Host.awaitPage("http://127.0.0.1:" + port + "/", "still here");
    }

    @Test
    void theyCanBeTakenDown() {
        kelpie.ok("kube", "down", kelpie.directory().resolve("pod.yaml").toString());
        assertThat(kelpie.ok("ps", "-aq")).isEmpty();
        assertThat(Host.page("http://127.0.0.1:" + port + "/")).isEmpty();
    }

    @Test
    void replayOfTheSameStillTouchesNothing() {
        var pids = List.of(kelpie.pid("web-www"), kelpie.pid("peer-c"));
        kelpie.killService();
        kelpie.ok("kube", "play", kelpie.directory().resolve("pod.yaml").toString());
        assertThat(List.of(kelpie.pid("web-www"), kelpie.pid("peer-c"))).isEqualTo(pids);
    }

    @Test
    void whatEndedMeanwhileIsKnownToHaveEnded() {
        kelpie.ok("run", "-d", "--name", "brief", Box.IMAGE, "sh", "-c", "sleep 1; exit 7");
        kelpie.killService();
        Await.until(
                "the end to be known",
                () -> kelpie.inspect("brief").at("/State/ExitCode").asInt() == 7);
        assertThat(kelpie.state("brief")).isEqualTo("exited");
    }

    /// The state knows of no pod any more, the host still does.
    @Test
    void networksWhoseEndWasCutGoWithTheNextService() {
        kelpie.with("KELPIE_CRASH_AT", "network.detach");
        kelpie.run("pod", "rm", "--force", "--time", "0", "web", "peer");
        kelpie.without("KELPIE_CRASH_AT");
        kelpie.awaitEndOf(kelpie.servicePid());
        kelpie.ok("ps", "-aq");
        kelpie.ok("pod", "rm", "--force", "--all", "--time", "0");
        var left = Leftovers.watch(kelpie.directory());
        Await.until("names to go", () -> left.processesOf("aardvark-dns").isEmpty());
        Await.until("ways out to go", () -> left.processesOf("pasta").isEmpty());
    }

    @Test
    void theClientOfAKilledServiceSaysSo() {
        var running = kelpie.start("exec", "web-other", "sh", "-c", "echo on; sleep 1000");
        running.awaitOutput("on");
        kelpie.killService();
        var result = running.await();
        assertThat(result.exitCode()).isEqualTo(125);
        assertThat(result.stderr()).contains("service");
    }
}

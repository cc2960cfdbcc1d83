package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Plays the folders of `examples/` as their readers would.
@OnlyKelpie
class ExamplesIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    private String playing = "";

    private void play(String example) {
        playing = Host.example(example).toString();
        kelpie.ok("kube", "play", playing);
    }

    @AfterEach
    void takeDown() {
        kelpie.ok("kube", "down", playing);
        assertThat(kelpie.ok("ps", "-aq")).isEmpty();
    }

    @Test
    void helloShowsItsPage() {
        play("hello");
        Host.awaitPage("http://localhost:8080/", "Hello from Kelpie! It is ");
        assertThat(Host.page("http://127.0.0.1:8080/")).contains("in pod hello.");
    }

    @Test
    void podsFindEachOtherByName() {
        play("two-pods");
        kelpie.awaitLog("reader-wget", "good day");
        kelpie.awaitState("reader-wget", "exited");
    }

    @Test
    void replicasAllRun() {
        play("deployment");
        assertThat(kelpie.ok("ps", "-q", "--filter", "status=running").lines()).hasSize(6);
    }

    @Test
    void initContainersRunInOrder() {
        play("init-container");
        kelpie.awaitLog("prepared-main", "main");
        assertThat(kelpie.log("prepared-main")).isEqualTo("first\nsecond\nmain");
    }

    @Test
    void probedServersGetHealthy() {
        play("probes");
        Await.until(
                "the server to be healthy",
                () -> kelpie.ok("ps", "--format", "{{.Status}}").contains("(healthy)"));
    }

    @Test
    void hostDirectoriesAreMadeAndWritten() {
        var notes = Path.of("/tmp/kelpie-example-notes");
        Trees.delete(notes);
        play("host-path");
        kelpie.awaitLog("notebook-writer", "written on ");
        assertThat(Host.read(notes.resolve("log"))).startsWith("written on ");
        Trees.delete(notes);
        assertThat(Files.exists(notes)).isFalse();
    }

    @Test
    void memoryVolumesKeepTheirLimit() {
        play("memory-volume");
        kelpie.awaitLog("scratchpad-filler", "full at 8388608 bytes");
        assertThat(kelpie.log("scratchpad-filler")).startsWith("in memory");
    }

    @Test
    void portsAnswerWhereTheyShould() {
        play("ports");
        Host.awaitPage("http://localhost:18081/", "everywhere");
        Host.awaitPage("http://127.0.0.1:18082/", "loopback");
    }

    @Test
    void environmentIsExpanded() {
        play("environment");
        kelpie.awaitLog("letter-pen", "signed 0");
        assertThat(kelpie.log("letter-pen"))
                .isEqualTo("Dear reader, from writing-desk in /tmp, signed 0");
    }

    @Test
    void secretsAreReadAndStayHidden() {
        play("secret");
        kelpie.awaitLog("safe-reader", "letters for");
        assertThat(kelpie.log("safe-reader")).isEqualTo("admin reads 7 letters for blue");
        assertThat(kelpie.ok("inspect", "safe-reader")).doesNotContain("admin");
        kelpie.ok("secret", "rm", "login");
    }

    @Test
    void failedContainersAreTriedAgain() {
        play("restart");
        kelpie.awaitLog("stubborn-try", "try 3");
        kelpie.awaitState("stubborn-try", "exited");
        assertThat(kelpie.inspect("stubborn-try").at("/RestartCount").asInt()).isEqualTo(2);
    }

    @Test
    void leastPrivilegeIsEnoughForAWebServer() {
        play("least-privilege");
        Host.awaitPage("http://localhost:18083/", "1000");
        assertThat(kelpie.log("modest-web").lines())
                .containsExactly(
                        "groups 1000 2000, capabilities 0000000000000000",
                        "the root is read-only",
                        "the volume is writable");
    }

    @Test
    void claimsOutliveTheirPod() {
        play("claims");
        kelpie.awaitLog("library-clerk", "1");
        kelpie.ok("kube", "down", playing);
        play("claims");
        kelpie.awaitLog("library-clerk", "2");
        kelpie.ok("kube", "down", "--force", playing);
        Trees.delete(Path.of("/tmp/kelpie-example-shelf"));
    }

    @Test
    void projectedVolumesHoldAllTheirSources() {
        play("projected");
        kelpie.awaitLog("mirror-glass", "app=\"mirror\"");
        assertThat(kelpie.log("mirror-glass"))
                .isEqualTo("mirror of mirror may use 64 MiB\nbluemellonapp=\"mirror\"");
    }

    @Test
    void jobsEnd() {
        play("job");
        kelpie.awaitLog("sum-pod-0-adder", "part 0 is done");
        kelpie.awaitLog("sum-pod-1-adder", "part 1 is done");
    }
}

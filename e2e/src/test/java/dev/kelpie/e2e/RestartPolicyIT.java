package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What happens when a container ends by itself.
class RestartPolicyIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    private static String pod(String name, String policy, String shell) {
        return Box.podWith(name, "restartPolicy: " + policy + "\n", Box.container("c", shell));
    }

    private int restarts(String container) {
        return kelpie.inspect(container).at("/RestartCount").asInt();
    }

    @Test
    void alwaysStartsAgainAfterAnyEnd() {
        kelpie.play(pod("again", "Always", "echo run; sleep 0.2; exit 0"));
        Await.until("a restart", () -> restarts("again-c") >= 1);
        kelpie.awaitLog("again-c", "run\nrun");
    }

    @Test
    void onFailureEndsWithASuccess() {
        kelpie.play(pod("once", "OnFailure", "echo run; exit 0"));
        kelpie.awaitState("once-c", "exited");
        assertThat(restarts("once-c")).isZero();
    }

    @Test
    void onFailureStartsAgainAfterAFailure() {
        kelpie.play(pod("failing", "OnFailure", "echo run; exit 1"));
        Await.until("a restart", () -> restarts("failing-c") >= 1);
    }

    @Test
    void neverIsNever() {
        kelpie.play(pod("single", "Never", "exit 9"));
        kelpie.awaitState("single-c", "exited");
        assertThat(restarts("single-c")).isZero();
        assertThat(kelpie.inspect("single-c").at("/State/ExitCode").asInt()).isEqualTo(9);
    }

    @Test
    void plainContainersCountTheirTries() {
        kelpie.ok("run", "-d", "--name", "tries", "--restart", "on-failure:1", Box.IMAGE, "false");
        Await.until("the try", () -> restarts("tries") == 1);
        kelpie.awaitState("tries", "exited");
        assertThat(restarts("tries")).isEqualTo(1);
    }

    @Test
    @OnlyKelpie
    void aServiceThatHasGoneIsWokenByTheEnd() {
        kelpie.play(pod("woken", "Always", "echo run; sleep 2; exit 0"));
        kelpie.ok("system", "service", "--stop");
        Await.until(
                "a second run, which only a service woken by the end can start",
                () ->
                        Trees.list(kelpie.root()).stream()
                                .filter(path -> path.getFileName().toString().endsWith(".log"))
                                .anyMatch(RestartPolicyIT::hasTwoRuns));
    }

    private static boolean hasTwoRuns(Path log) {
        return Host.read(log).lines().filter(line -> line.endsWith(" F run")).count() >= 2;
    }
}

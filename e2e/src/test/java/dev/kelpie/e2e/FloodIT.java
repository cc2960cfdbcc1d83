package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Streams that one side does not read: they wait, lose nothing, and hold nobody else up.
@OnlyKelpie
class FloodIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static final long MOST_RSS_KIB = 450_000;

    private final Kelpie kelpie = ENGINE.kelpie();

    private Running shell(String script) {
        return Running.start(
                kelpie.directory(), Map.of("KELPIE_SETUP", "no"), List.of("sh", "-c", script));
    }

    private String quoted(String... words) {
        return "'" + String.join("' '", kelpie.command(words)) + "'";
    }

    /// It is made by a command that runs beside us, so it may not be there at first.
    private void awaitRunning(String name) {
        Await.until(
                name + " to run",
                () -> kelpie.run("ps", "--format", "{{.Names}}").lines().contains(name));
    }

    private void answersOthers() {
        kelpie.ok("version");
        var status = Host.read(Path.of("/proc/" + kelpie.servicePid() + "/status"));
        var resident =
                status.lines().filter(line -> line.startsWith("VmRSS:")).findFirst().orElseThrow();
        assertThat(Long.parseLong(resident.replaceAll("\\D", ""))).isLessThan(MOST_RSS_KIB);
    }

    @Test
    void inputThatTheContainerDoesNotReadStaysWithTheClient() {
        kelpie.ok("run", "-d", "--name", "other", Box.IMAGE, "sh", "-c", Box.staying());
        var flood =
                shell(
                        "head -c 400000000 /dev/zero | "
                                + quoted(
                                        "run", "-i", "--name", "deaf", Box.IMAGE, "sleep", "1000"));
        awaitRunning("deaf");
        for (int i = 0; i < 5; i++) {
            assertThat(kelpie.ok("exec", "other", "echo", "well")).isEqualTo("well");
        }
        answersOthers();
        kelpie.ok("rm", "-f", "-t", "0", "deaf");
        flood.await();
    }

    @Test
    void outputThatTheClientReadsLateIsWhole() {
        var late =
                shell(
                        quoted("run", "--name", "talks", Box.IMAGE, "seq", "1", "300000")
                                + " | (sleep 4; cat) | md5sum");
        awaitRunning("talks");
        answersOthers();
        assertThat(late.await().expect(0).text())
                .isEqualTo(Host.run("sh", "-c", "seq 1 300000 | md5sum").text());
    }
}

package dev.kelpie.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandTest {

    @Test
    void givesBackWhatTheProgramWrote() throws InterruptedException {
        var result =
                Command.run(
                        List.of("sh", "-c", "cat; echo oops >&2"), "in\n", Duration.ofSeconds(10));
        assertThat(result).isEqualTo(new Command.Result(0, "in\n", "oops\n"));
    }

    @Test
    void failureCarriesPasteReadyArgvExitCodeAndStderr() {
        assertThatThrownBy(() ->
                        Command.of("sh", "-c", "echo \"no $1\" >&2; exit 3", "sh", "a b").run())
                .isInstanceOfSatisfying(
                        CommandFailedException.class,
                        e -> {
                            assertThat(e.exit()).isEqualTo(3);
                            assertThat(e.stderr()).isEqualTo("no a b\n");
                        })
                .hasMessage(
                        "'sh -c \"echo \\\"no \\$1\\\" >&2; exit 3\" sh \"a b\"' exited with 3: no a b");
    }

    @Test
    void runsInTheEnvironmentThatItIsGiven() throws InterruptedException {
        var small = Command.of("env").withEnvironment("OWN", "1").run().stdout();
        assertThat(small.lines()).contains("OWN=1", "LC_ALL=C");
        var whole = Command.of("env").withWholeEnvironment(Map.of("OWN", "1")).run().stdout();
        assertThat(whole).isEqualTo("OWN=1\n");
    }

    /// Pitfall 41: a daemon left behind keeps stdout open; its parent's exit is what counts.
    @Test
    void doesNotWaitForADaemonThatKeepsTheOutputOpen() throws InterruptedException {
        var result =
                Command.of("sh", "-c", "sleep 30 & echo $!")
                        .withTimeout(Duration.ofSeconds(20))
                        .run();
        ProcessHandle.of(Long.parseLong(result.stdout().strip())).ifPresent(ProcessHandle::destroy);
        assertThat(result.stdout()).isNotBlank();
    }

    @Test
    void endsAProgramThatOutlastsItsTime() {
        assertThatThrownBy(() -> Command.of("sleep", "60").withTimeout(Duration.ofMillis(50)).run())
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("did not end within");
    }

    /// Pitfalls 13 and 66: nothing of a service manager leaks, and messages come in one language.
    @Test
    void givesASmallEnvironmentInTheCLocale() throws InterruptedException {
        var lines = Command.of("env").run().stdout().lines().toList();
        assertThat(lines).contains("LC_ALL=C").anyMatch(line -> line.startsWith("PATH="));
        assertThat(lines)
                .noneMatch(line -> line.matches("(NOTIFY_SOCKET|LISTEN_FDS|JAVA_HOME)=.*"));
    }

    @Test
    void saysWhichProgramCouldNotBeStarted() {
        assertThatThrownBy(() -> Command.of("no-such-program-here").run())
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("no-such-program-here");
    }
}

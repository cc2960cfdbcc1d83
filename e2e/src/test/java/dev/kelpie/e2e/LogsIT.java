package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `logs` and `pod logs`.
class LogsIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static final String TALK =
            "for i in 1 2 3 4 5; do echo line $i; done; echo oops >&2; printf unfinished; exit 0";

    private final Kelpie kelpie = ENGINE.kelpie();

    @BeforeEach
    void play() {
        kelpie.play(Box.podWith("pod", "restartPolicy: Never\n", Box.container("c", TALK)));
        kelpie.awaitState("pod-c", "exited");
    }

    @Test
    void showsAllLinesEachOnItsStream() {
        var result = kelpie.run("logs", "pod-c").expect(0);
        assertThat(result.stdout())
                .startsWith("line 1\nline 2\nline 3\nline 4\nline 5\n")
                .contains("unfinished");
        assertThat(result.stderr()).isEqualTo("oops\n");
    }

    @Test
    void tailShowsTheLastLines() {
        assertThat(kelpie.run("logs", "--tail", "2", "pod-c").stdout()).contains("unfinished");
        assertThat(kelpie.run("logs", "--tail", "0", "pod-c").stdout()).isEmpty();
        assertThat(kelpie.run("logs", "--tail", "3", "pod-c").stdout()).doesNotContain("line 1\n");
    }

    @Test
    void timestampsStandBeforeEachLine() {
        assertThat(kelpie.run("logs", "--timestamps", "pod-c").lines().getFirst())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.?\\d*\\S* line 1");
    }

    @Test
    void sinceLeavesOutWhatIsOlder() {
        assertThat(kelpie.run("logs", "--since", "2099-01-01T00:00:00Z", "pod-c").stdout())
                .isEmpty();
        assertThat(kelpie.run("logs", "--since", "1h", "pod-c").stdout()).contains("line 1");
    }

    @Test
    void followEndsWithTheContainer() {
        kelpie.ok("run", "-d", "--name", "slow", Box.IMAGE, "sh", "-c", "echo a; sleep 1; echo b");
        assertThat(kelpie.start("logs", "-f", "slow").await().expect(0).stdout())
                .isEqualTo("a\nb\n");
    }

    @Test
    void followShowsWhatIsWrittenLater() {
        kelpie.ok(
                "run",
                "-d",
                "--name",
                "teller",
                Box.IMAGE,
                "sh",
                "-c",
                "i=0; while :; do echo tick $i; i=$((i+1)); sleep 0.1; done");
        try (var running = kelpie.start("logs", "-f", "--tail", "1", "teller")) {
            running.awaitOutput("tick").awaitOutput("\n").signal("INT");
        }
        assertThat(kelpie.state("teller")).isEqualTo("running");
    }

    @Test
    void podLogsShowAllContainers() {
        kelpie.play(
                Box.podWith(
                        "many",
                        "restartPolicy: Never\n",
                        Box.container("a", "echo from a"),
                        Box.container("b", "echo from b")));
        kelpie.awaitState("many-a", "exited");
        kelpie.awaitState("many-b", "exited");
        assertThat(kelpie.ok("pod", "logs", "many")).contains("from a", "from b");
        assertThat(kelpie.ok("pod", "logs", "-c", "many-b", "many"))
                .contains("from b")
                .doesNotContain("from a");
    }

    @Test
    void keepsBytesThatAreNoText() {
        kelpie.ok(
                "run",
                "--name",
                "bytes",
                Box.IMAGE,
                "sh",
                "-c",
                "printf 'caf\\303\\251\\n'; head -c 100000 /dev/zero | tr '\\0' x; echo");
        assertThat(kelpie.ok("logs", "bytes")).startsWith("café\nxxxx").hasSize(100_005);
    }

    @Test
    void unknownNamesAreRefused() {
        assertThat(kelpie.fails(125, "logs", "no-such")).contains("no-such");
    }
}

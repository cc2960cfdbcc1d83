package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `exec`: streams, exit codes, user, directory, environment, terminal.
class ExecIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    @BeforeEach
    void play() {
        kelpie.play(
                Box.pod(
                        "pod",
                        Box.containerWith(
                                "c", Box.staying(), "env:\n- {name: MINE, value: yes indeed}\n")));
    }

    @Test
    void keepsOutputAndErrorsApart() {
        var result = kelpie.run("exec", "pod-c", "sh", "-c", "echo out; echo err >&2").expect(0);
        assertThat(result.stdout()).isEqualTo("out\n");
        assertThat(result.stderr()).isEqualTo("err\n");
    }

    @Test
    void exitsAsTheProgramDid() {
        assertThat(kelpie.run("exec", "pod-c", "true").exitCode()).isZero();
        assertThat(kelpie.run("exec", "pod-c", "sh", "-c", "exit 42").exitCode()).isEqualTo(42);
        assertThat(kelpie.run("exec", "pod-c", "sh", "-c", "kill -9 $$").exitCode()).isEqualTo(137);
    }

    @Test
    void exits127WhenThereIsNoSuchProgram() {
        assertThat(kelpie.fails(127, "exec", "pod-c", "/no/such/program"))
                .contains("/no/such/program");
        assertThat(kelpie.fails(127, "exec", "pod-c", "nosuchprogram")).contains("nosuchprogram");
    }

    @Test
    void exits126WhenItCannotBeExecuted() {
        assertThat(kelpie.fails(126, "exec", "pod-c", "/etc/passwd")).contains("/etc/passwd");
    }

    @Test
    void exits125WhenThereIsNoSuchContainer() {
        assertThat(kelpie.fails(125, "exec", "no-such", "true")).contains("no-such");
    }

    @Test
    void passesStandardInputWhenAsked() {
        var result = kelpie.runWithInput("one\ntwo\n", "exec", "-i", "pod-c", "cat").expect(0);
        assertThat(result.stdout()).isEqualTo("one\ntwo\n");
        assertThat(kelpie.runWithInput("unread", "exec", "pod-c", "cat").expect(0).stdout())
                .isEmpty();
    }

    @Test
    void passesALargeInputUnharmed() {
        var text = "0123456789abcde\n".repeat(1 << 16);
        var result = kelpie.runWithInput(text, "exec", "-i", "pod-c", "busybox", "md5sum");
        var expected = Host.write(kelpie.directory().resolve("large"), text);
        var sum = Host.run("md5sum", expected.toString()).stdout().substring(0, 32);
        assertThat(result.expect(0).stdout()).startsWith(sum);
        assertThat(kelpie.runWithInput(text, "exec", "-i", "pod-c", "cat").expect(0).stdout())
                .isEqualTo(text);
    }

    @Test
    void setsEnvironmentDirectoryAndUser() {
        var result =
                kelpie.ok(
                        "exec",
                        "-e",
                        "NEW=fresh",
                        "-w",
                        "/etc",
                        "-u",
                        "mate",
                        "pod-c",
                        "sh",
                        "-c",
                        "echo $NEW, $MINE, $PWD, $(id -u):$(id -g)");
        assertThat(result).isEqualTo("fresh, yes indeed, /etc, 1000:100");
    }

    @Test
    void givesATerminalOnRequest() {
        var shown = kelpie.runOnTerminal("exit 7\n", "exec", "-it", "pod-c", "sh", "-c", "tty; sh");
        assertThat(shown.stdout()).contains("/dev/pts/0").doesNotContain("not a tty");
        assertThat(shown.exitCode()).isEqualTo(7);
        assertThat(kelpie.run("exec", "pod-c", "tty").stdout()).contains("not a tty");
    }

    @Test
    void theTerminalHasTheSizeOfOurs() {
        var shown =
                kelpie.runOnTerminal(
                        "", "exec", "-it", "pod-c", "sh", "-c", "sleep 0.5; stty size");
        assertThat(shown.stdout()).contains("33 111");
    }

    @Test
    @OnlyKelpie
    void aKilledClientLeavesNoTrace() {
        var running = kelpie.start("exec", "pod-c", "sh", "-c", "echo started; sleep 4321");
        running.awaitOutput("started").signal("TERM").await();
        Await.until(
                "the program to end",
                () -> !kelpie.ok("exec", "pod-c", "ps").contains("sleep 4321"));
        assertThat(kelpie.state("pod-c")).isEqualTo("running");
    }

    @Test
    void runsManyAtTheSameTime() {
        var all =
                IntStream.range(0, 8)
                        .mapToObj(i -> kelpie.start("exec", "pod-c", "echo", "number " + i))
                        .toList();
        for (var i = 0; i < all.size(); i++) {
            assertThat(all.get(i).await().expect(0).stdout()).isEqualTo("number " + i + "\n");
        }
    }
}

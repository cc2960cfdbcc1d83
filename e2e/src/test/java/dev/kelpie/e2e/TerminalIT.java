package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What people do at a terminal: keys, window sizes, detaching, completion in real shells.
@OnlyKelpie
class TerminalIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static final String CTRL_C = "\u0003";
    private static final String DETACH = "\u0010\u0011";

    private final Kelpie kelpie = ENGINE.kelpie();

    @Test
    void runHasTheSizeOfTheWindowAndFollowsIt() {
        var script = "echo begun; while :; do stty size; sleep 0.1; done";
        try (var running =
                kelpie.startOnTerminal("run", "--rm", "-it", Box.IMAGE, "sh", "-c", script)) {
            running.awaitOutput("33 111");
            var terminal = Host.read(kelpie.directory().resolve("tty")).strip();
            Host.run("stty", "-F", terminal, "rows", "20", "cols", "70").expect(0);
            running.awaitOutput("20 70").write(CTRL_C);
            running.await();
        }
    }

    @Test
    void interruptGoesToTheContainerNotToTheClient() {
        var script = "trap 'echo caught; exit 7' INT; echo begun; while :; do sleep 0.1; done";
        try (var running =
                kelpie.startOnTerminal("run", "--rm", "-it", Box.IMAGE, "sh", "-c", script)) {
            var result = running.awaitOutput("begun").write(CTRL_C).await();
            assertThat(result.stdout()).contains("caught");
            assertThat(result.exitCode()).isEqualTo(7);
        }
    }

    @Test
    void attachTalksToTheContainerAndDetachKeysLeaveIt() {
        kelpie.ok("run", "-dit", "--name", "shell", Box.IMAGE, "sh");
        try (var running = kelpie.startOnTerminal("attach", "shell")) {
            var result =
                    running.write("echo at$((40+2))\n").awaitOutput("at42").write(DETACH).await();
            assertThat(result.exitCode()).isZero();
        }
        assertThat(kelpie.state("shell")).isEqualTo("running");
        try (var running = kelpie.startOnTerminal("attach", "--detach-keys", "ctrl-x", "shell")) {
            running.write("echo again$((40+2))\n").awaitOutput("again42");
            assertThat(running.write("\u0018").await().exitCode()).isZero();
        }
        assertThat(kelpie.state("shell")).isEqualTo("running");
    }

    @Test
    void execHasATerminalOfItsOwn() {
        kelpie.ok("run", "-d", "--name", "host", Box.IMAGE, "sh", "-c", Box.staying());
        try (var running = kelpie.startOnTerminal("exec", "-it", "host", "sh")) {
            running.write("stty size\n").awaitOutput("33 111");
            running.write("echo a$((40+2)); sleep 1000\n").awaitOutput("a42");
            var result = running.write(CTRL_C).write("exit 9\n").await();
            assertThat(result.exitCode()).isEqualTo(9);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bash, bash --norc --noprofile -i",
        "zsh, zsh -f -i",
        "fish, fish --no-config -i",
    })
    void completesNamesInTheShell(String shell, String start) throws Exception {
        assumeThat(Host.run("sh", "-c", "command -v " + shell).exitCode())
                .as("this host has " + shell)
                .isZero();
        kelpie.play(Box.pod("unusual-name", Box.container("c", Box.staying())));
        var script = kelpie.directory().resolve("completion." + shell);
        Host.write(script, kelpie.ok("completion", shell) + "\n");
        try (var running = kelpie.startShell(path(), start)) {
            running.write("echo rea''dy\n").awaitOutput("ready");
            if (shell.equals("zsh")) {
                running.write("autoload -Uz compinit; compinit -u -D\n");
            }
            running.write("source " + script + "; echo sour''ced\n").awaitOutput("sourced");
            running.write("kelpie why unusual-na\t\n").awaitOutput("pod unusual-name: ");
            running.write("kelpie vers\t\n").awaitOutput("API Version").write("exit\n").await();
        }
    }

    /// A folder whose `kelpie` is the one under test with this engine's roots.
    private Path path() throws Exception {
        var bin = Files.createDirectories(kelpie.directory().resolve("bin"));
        var words = String.join("' '", kelpie.command());
        Host.write(bin.resolve("kelpie"), "#!/bin/sh\nexec '" + words + "' \"$@\"\n");
        Files.setPosixFilePermissions(
                bin.resolve("kelpie"), PosixFilePermissions.fromString("rwxr-xr-x"));
        return bin;
    }
}

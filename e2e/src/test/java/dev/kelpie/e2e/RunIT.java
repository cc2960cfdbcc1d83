package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `run` and `create` of containers outside pods, and of members that join one.
class RunIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    @Test
    void relaysOutputErrorsAndExitCode() {
        var result = kelpie.run("run", "--rm", Box.IMAGE, "sh", "-c", "echo o; echo e >&2; exit 6");
        assertThat(result.expect(6).stdout()).isEqualTo("o\n");
        assertThat(result.stderr()).isEqualTo("e\n");
        assertThat(kelpie.ok("ps", "-aq")).isEmpty();
    }

    @Test
    void relaysInput() {
        var result = kelpie.runWithInput("a\nb\n", "run", "--rm", "-i", Box.IMAGE, "cat");
        assertThat(result.expect(0).stdout()).isEqualTo("a\nb\n");
    }

    @Test
    void relaysALargeOutputWhole() {
        var result = kelpie.run("run", "--rm", Box.IMAGE, "seq", "1", "200000").expect(0);
        assertThat(result.lines()).hasSize(200_000).endsWith("200000");
    }

    @Test
    void givesATerminal() {
        var shown = kelpie.runOnTerminal("tty\nexit 3\n", "run", "--rm", "-it", Box.IMAGE, "sh");
        assertThat(shown.stdout()).contains("/dev/pts/0", "\r\n");
        assertThat(shown.exitCode()).isEqualTo(3);
        assertThat(kelpie.ok("ps", "-aq")).isEmpty();
    }

    @Test
    void exits127And126LikeAShell() {
        assertThat(kelpie.fails(127, "run", "--rm", Box.IMAGE, "/no/such")).contains("/no/such");
        assertThat(kelpie.fails(126, "run", "--rm", Box.IMAGE, "/etc")).contains("/etc");
        assertThat(kelpie.ok("ps", "-aq")).isEmpty();
    }

    @Test
    void exits125ForWhatIsNotUnderstood() {
        assertThat(kelpie.fails(125, "run", "--no-such-flag", Box.IMAGE)).contains("no-such-flag");
        assertThat(kelpie.fails(125, "run", "--memory", "much", Box.IMAGE)).contains("much");
        assertThat(kelpie.fails(125, "run", "-p", "99999:1", Box.IMAGE)).contains("99999");
        assertThat(kelpie.fails(125, "run", "-v", "relative:/x:nonsense", Box.IMAGE))
                .contains("nonsense");
    }

    @Test
    void detachedPrintsTheId() {
        var id = kelpie.ok("run", "-d", "--name", "free", Box.IMAGE, "sleep", "1000");
        assertThat(id).matches("[0-9a-f]{64}");
        assertThat(kelpie.inspect("free").at("/Id").asText()).isEqualTo(id);
        assertThat(kelpie.inspect(id.substring(0, 12)).at("/Name").asText()).isEqualTo("free");
    }

    @Test
    void createOnlyCreates() {
        kelpie.ok("create", "--name", "later", Box.IMAGE, "sh", "-c", "echo done");
        assertThat(kelpie.state("later")).isEqualTo("created");
        kelpie.ok("start", "later");
        kelpie.awaitLog("later", "done");
        kelpie.awaitState("later", "exited");
    }

    @Test
    void namesAreTakenOnlyOnce() {
        kelpie.ok("create", "--name", "dup", Box.IMAGE, "true");
        assertThat(kelpie.fails(125, "create", "--name", "dup", Box.IMAGE, "true")).contains("dup");
        kelpie.ok("create", "--replace", "--name", "dup", Box.IMAGE, "false");
        assertThat(kelpie.ok("ps", "-aq").lines()).hasSize(1);
    }

    @Test
    void setsEnvironmentDirectoryUserLabelsEntrypoint() {
        var output =
                kelpie.ok(
                        "run",
                        "--name",
                        "set",
                        "-e",
                        "A=1 2",
                        "-w",
                        "/tmp",
                        "-u",
                        "1000:100",
                        "-l",
                        "role=test",
                        "--entrypoint",
                        "sh",
                        Box.IMAGE,
                        "-c",
                        "echo $A, $PWD, $(id -u):$(id -g)");
        assertThat(output).isEqualTo("1 2, /tmp, 1000:100");
        assertThat(kelpie.ok("ps", "-a", "--filter", "label=role=test", "--format", "{{.Names}}"))
                .isEqualTo("set");
    }

    @Test
    void mountsDirectoriesOfTheHost() {
        var shared = kelpie.directory().resolve("shared");
        Host.write(shared.resolve("in"), "from the host");
        var output =
                kelpie.ok(
                        "run",
                        "--rm",
                        "-v",
                        shared + ":/s",
                        Box.IMAGE,
                        "sh",
                        "-c",
                        "cat /s/in; echo from inside > /s/out");
        assertThat(output).isEqualTo("from the host");
        assertThat(Host.read(shared.resolve("out"))).isEqualTo("from inside\n");
        assertThat(kelpie.run("run", "--rm", "-v", shared + ":/s:ro", Box.IMAGE, "touch", "/s/x"))
                .extracting(Result::exitCode)
                .isEqualTo(1);
    }

    @Test
    void limitsMemory() {
        assumeTrue(kelpie.holdsLimits(), "this user has no control group");
        var result =
                kelpie.run(
                        "run",
                        "--name",
                        "greedy",
                        "--memory",
                        "16m",
                        Box.IMAGE,
                        "sh",
                        "-c",
                        "x=$(head -c 100000000 /dev/zero | busybox tr '\\0' x); echo survived");
        assertThat(result.stdout()).doesNotContain("survived");
        assertThat(result.exitCode()).isNotZero();
        assertThat(kelpie.inspect("greedy").at("/HostConfig/Memory").asLong()).isEqualTo(16L << 20);
    }

    @Test
    void limitsCpuTime() {
        kelpie.ok("run", "-d", "--name", "slow", "--cpus", "0.5", Box.IMAGE, "sleep", "1000");
        assertThat(kelpie.inspect("slow").at("/HostConfig/NanoCpus").asLong())
                .isEqualTo(500_000_000L);
    }

    @Test
    void joinsAPod() {
        kelpie.play(Box.pod("pod", Box.container("a", Box.staying())));
        kelpie.ok("run", "-d", "--pod", "pod", "--name", "guest", Box.IMAGE, "sleep", "1000");
        assertThat(kelpie.ok("exec", "guest", "hostname")).isEqualTo("pod");
        assertThat(kelpie.ok("ps", "--filter", "pod=pod", "--format", "{{.Names}}"))
                .contains("guest", "pod-a");
        assertThat(kelpie.fails(125, "run", "--pod", "no-such-pod", Box.IMAGE))
                .contains("no-such-pod");
    }

    @Test
    void forwardsSignalsToTheContainer() {
        var shell =
                "trap 'echo got it; exit 9' TERM; echo up; while :; do sleep 100 & wait $!; done";
        var running = kelpie.start("run", "--rm", Box.IMAGE, "sh", "-c", shell);
        var result = running.awaitOutput("up").signal("TERM").await();
        assertThat(result.expect(9).stdout()).isEqualTo("up\ngot it\n");
    }

    @Test
    void removesEvenWhenTheClientIsKilled() {
        var running =
                kelpie.start(
                        "run",
                        "--rm",
                        "--name",
                        "orphan",
                        Box.IMAGE,
                        "sh",
                        "-c",
                        "echo up; sleep 2");
        running.awaitOutput("up").signal("KILL").await();
        Await.until("the container to go", () -> kelpie.ok("ps", "-aq").isEmpty());
    }

    @Test
    void hidesTheHostFromTheContainer() {
        var status = kelpie.ok("run", "--rm", Box.IMAGE, "cat", "/proc/self/status");
        assertThat(status).containsPattern("Seccomp:\\s+2").containsPattern("CapEff:\\s+0000000");
        assertThat(kelpie.run("run", "--rm", Box.IMAGE, "cat", "/proc/kcore").stdout()).isEmpty();
        assertThat(kelpie.run("run", "--rm", Box.IMAGE, "mount", "-t", "tmpfs", "x", "/tmp"))
                .extracting(Result::exitCode)
                .isNotEqualTo(0);
        assertThat(kelpie.ok("run", "--rm", Box.IMAGE, "ps").lines()).hasSize(2);
    }

    @Test
    void aReadOnlyRootHasPlacesToWriteUnlessToldNot() {
        kelpie.ok("run", "--rm", "--read-only", Box.IMAGE, "touch", "/tmp/x");
        kelpie.fails(
                1,
                "run",
                "--rm",
                "--read-only",
                "--read-only-tmpfs=false",
                Box.IMAGE,
                "touch",
                "/tmp/x");
        kelpie.ok("run", "--rm", "--ipc=host", Box.IMAGE, "true");
        assertThat(kelpie.fails(125, "run", "--rm", "--stop-signal=odd", Box.IMAGE, "true"))
                .contains("invalid signal: odd");
    }
}

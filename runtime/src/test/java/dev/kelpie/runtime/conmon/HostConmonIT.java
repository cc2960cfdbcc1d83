package dev.kelpie.runtime.conmon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.runtime.ContainerStartException;
import dev.kelpie.runtime.ContainerStartException.Reason;
import dev.kelpie.runtime.kernel.Signal;
import dev.kelpie.runtime.oci.ContainerState.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostConmonIT {

    private Sandbox box;
    private final String id = Sandbox.newId();

    @BeforeEach
    void open() throws IOException, InterruptedException {
        box = new Sandbox(Optional.empty());
    }

    @AfterEach
    void close() throws InterruptedException {
        box.close();
    }

    /// Pitfalls 1, 15 and 17.
    @Test
    void runsACommandAndKeepsItsLogAndExitCode() throws Exception {
        var before = Instant.now();
        var container =
                box.create(id, "/bin/busybox", "sh", "-c", "echo out; echo err >&2; exit 7");
        assertThat(box.runtime.state(id).orElseThrow().status()).isEqualTo(Status.CREATED);
        box.runtime.start(id);
        var status = box.end(id, container);
        assertThat(status.code()).isEqualTo(7);
        assertThat(status.finishedAt())
                .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
        assertThat(box.log(id)).contains(" stdout F out\n").contains(" stderr F err\n");
    }

    /// Pitfalls 3 and 11: nothing is left of what could not be made, and the reason is the
    /// runtime's.
    @Test
    void saysWhenThereIsNoSuchCommandAndLeavesNothing() throws Exception {
        assertThatThrownBy(() -> box.create(id, "/no/such/program"))
                .isInstanceOfSatisfying(
                        ContainerStartException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND))
                .hasMessageContaining("/no/such/program");
        assertThat(box.runtime.state(id)).isEmpty();
        assertThat(box.files(id).exitFile()).doesNotExist();
        assertThat(box.files(id).persist()).doesNotExist();
    }

    @Test
    void saysWhenACommandCannotBeRun() throws Exception {
        Files.writeString(box.rootfs().resolve("plain"), "no program");
        assertThatThrownBy(() -> box.create(id, "/plain"))
                .isInstanceOfSatisfying(
                        ContainerStartException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.NOT_INVOCABLE));
    }

    /// Pitfall 38: as init of its namespace a shell ignores TERM; KILL ends it, and the code is 128
    /// + 9.
    @Test
    void killsWhatIgnoresTerm() throws Exception {
        var container = box.create(id, "/bin/busybox", "sleep", "1000");
        box.runtime.start(id);
        assertThat(box.runtime.kill(id, Signal.TERM, false)).isTrue();
        assertThat(container.init().isAlive()).isTrue();
        assertThat(box.runtime.kill(id, Signal.KILL, true)).isTrue();
        assertThat(box.end(id, container).code()).isEqualTo(137);
        assertThat(box.runtime.kill(id, Signal.KILL, false)).isFalse();
    }

    /// Pitfall 27: conmon stands outside the container's cgroup.
    @Test
    void putsConmonInItsOwnCgroup() throws Exception {
        var container = box.create(id, "/bin/busybox", "sleep", "1000");
        assertThat(box.cgroups.processes(box.parent + "/conmon"))
                .contains(container.conmon().pid());
        assertThat(box.cgroups.processes(box.parent + "/" + id)).contains(container.init().pid());
    }

    /// Pitfalls 4, 5 and 8: attached between create and start nothing is lost; the end of stdin
    /// reaches the command.
    @Test
    void attachesWithInputAndOutput() throws Exception {
        var container =
                box.create(
                        id,
                        box.config(
                                id, "/bin/busybox", "sh", "-c", "echo first; cat; echo done >&2"),
                        new Stdio(false, true, false),
                        List.of());
        try (var session = box.conmon.attach(box.files(id))) {
            box.runtime.start(id);
            session.write("hello\n".getBytes(UTF_8), 0, 6);
            session.closeStdin();
            assertThat(Reading.all(session)).isEqualTo("first\nhello\n|done\n");
        }
        assertThat(box.end(id, container).code()).isZero();
    }

    /// Pitfalls 11 and 12: the exit command runs, with a plain environment, after the exit file is
    /// there.
    @Test
    void runsTheExitCommand() throws Exception {
        var mark = box.root.resolve("mark");
        var line = "cat " + box.files(id).exitFile() + " > " + mark + "; umask >> " + mark;
        var container =
                box.create(
                        id,
                        box.config(id, "/bin/busybox", "true"),
                        Stdio.outputOnly(),
                        List.of("/bin/sh", "-c", line));
        box.runtime.start(id);
        box.end(id, container);
        Eventually.holds(() -> Files.exists(mark) && Files.readString(mark).contains("0022"));
        assertThat(Files.readString(mark)).startsWith("0");
    }

    /// Pitfall 6: nobody hangs when conmon is gone.
    @Test
    void resizingAfterTheEndDoesNothing() throws Exception {
        var container = box.create(id, "/bin/busybox", "true");
        box.runtime.start(id);
        box.end(id, container);
        box.conmon.resize(box.files(id), 80, 25);
        box.files(id).removeAll();
        box.conmon.resize(box.files(id), 80, 25);
        assertThat(box.files(id).conmon()).isEmpty();
    }

    /// Pitfall 15: an old exit status is not taken for the new run's.
    @Test
    void forgetsTheExitStatusOfAnEarlierRun() throws Exception {
        var first = box.create(id, "/bin/busybox", "false");
        box.runtime.start(id);
        assertThat(box.end(id, first).code()).isEqualTo(1);
        box.runtime.delete(id, true);
        box.create(id, "/bin/busybox", "sleep", "1000");
        assertThat(box.files(id).exitStatus()).isEmpty();
    }

    @Test
    void givesATerminalOfTheRightSize() throws Exception {
        var config =
                Configs.withTerminal(
                        box.config(id, "/bin/busybox", "sh", "-c", "read x; stty size"));
        var container = box.create(id, config, new Stdio(true, true, false), List.of());
        try (var session = box.conmon.attach(box.files(id))) {
            box.runtime.start(id);
            box.conmon.resize(box.files(id), 101, 37);
            Thread.sleep(200);
            session.write("\n".getBytes(UTF_8), 0, 1);
            assertThat(Reading.all(session)).contains("37 101");
        }
        box.end(id, container);
    }
}

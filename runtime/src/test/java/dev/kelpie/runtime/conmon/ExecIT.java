package dev.kelpie.runtime.conmon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.CommandFailedException;
import dev.kelpie.runtime.ContainerStartException;
import dev.kelpie.runtime.ContainerStartException.Reason;
import dev.kelpie.runtime.oci.Bundle;
import dev.kelpie.runtime.oci.ExecProcess;
import dev.kelpie.runtime.oci.HostGrants;
import dev.kelpie.runtime.spec.OciProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExecIT {

    private Sandbox box;
    private final String id = Sandbox.newId();

    @BeforeEach
    void open() throws IOException, InterruptedException {
        box = new Sandbox(Optional.empty());
        box.create(id, "/bin/busybox", "sleep", "1000");
        box.runtime.start(id);
    }

    @AfterEach
    void close() throws InterruptedException {
        box.close();
    }

    private OciProcess process(ExecProcess process) {
        var bundle = box.files(id).bundle();
        return process.in(new Bundle(bundle).read(), bundle, HostGrants.ofThisHost());
    }

    private OciProcess shell(String line) {
        return process(ExecProcess.of(List.of("/bin/busybox", "sh", "-c", line)));
    }

    private ExecRequest request(OciProcess process, Stdio stdio, boolean attach) {
        var session = Sandbox.newId();
        return new ExecRequest(
                box.files(id),
                session,
                box.root.resolve("run/exec").resolve(session),
                box.runtime,
                process,
                stdio,
                attach,
                List.of());
    }

    /// Pitfalls 2 and 5: early output is not lost, and the exit code comes over the same pipe.
    @Test
    void attachedExecGivesOutputAndExitCode() throws Exception {
        var request = request(shell("echo out; echo err >&2; exit 3"), Stdio.outputOnly(), true);
        try (var session = box.conmon.exec(request)) {
            assertThat(Reading.all(session)).isEqualTo("out\n|err\n");
            assertThat(session.exitCode()).isEqualTo(3);
        }
        Eventually.holds(() -> !Files.exists(request.folder()));
    }

    @Test
    void attachedExecReadsItsInputToTheEnd() throws Exception {
        try (var session =
                box.conmon.exec(request(shell("cat"), new Stdio(false, true, false), true))) {
            var text = "0123456789".repeat(10_000);
            var writer = new FutureTask<>(writing(session, text));
            Thread.ofVirtual().start(writer);
            assertThat(Reading.all(session)).isEqualTo(text + "|");
            writer.get();
            assertThat(session.exitCode()).isZero();
        }
    }

    private static Callable<Integer> writing(AttachSession session, String text) {
        return () -> {
            session.write(text.getBytes(UTF_8), 0, text.length());
            session.closeStdin();
            return 0;
        };
    }

    /// Pitfall 16: the terminal is asked for in the process spec, whatever conmon does.
    @Test
    void execOnATerminalHasOne() throws Exception {
        var process =
                process(
                        new ExecProcess(
                                List.of("/bin/busybox", "tty"),
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                true,
                                false));
        try (var session = box.conmon.exec(request(process, new Stdio(true, true, false), true))) {
            assertThat(Reading.all(session)).startsWith("/dev/pts/");
            assertThat(session.exitCode()).isZero();
        }
    }

    @Test
    void detachedExecGivesItsExitCode() throws Exception {
        try (var session = box.conmon.exec(request(shell("exit 9"), Stdio.outputOnly(), false))) {
            assertThat(session.exitCode()).isEqualTo(9);
        }
    }

    @Test
    void saysWhenThereIsNoSuchCommand() {
        var request = request(process(ExecProcess.of(List.of("/none"))), Stdio.outputOnly(), true);
        assertThatThrownBy(() -> box.conmon.exec(request))
                .isInstanceOfSatisfying(
                        ContainerStartException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
        assertThat(request.folder()).doesNotExist();
    }

    /// Pitfall 7, and the carriers: many sessions wait at once, the process count of carriers
    /// notwithstanding.
    @Test
    void manySessionsAtOnce() throws Exception {
        var sessions = new ArrayList<ExecSession>();
        var codes = new ArrayList<FutureTask<String>>();
        for (int i = 0; i < 12; i++) {
            var session =
                    box.conmon.exec(
                            request(
                                    shell("read x; echo got $x"),
                                    new Stdio(false, true, false),
                                    true));
            sessions.add(session);
            var task = new FutureTask<>(() -> Reading.all(session));
            codes.add(task);
            Thread.ofVirtual().start(task);
        }
        for (var session : sessions.reversed()) {
            session.write("it\n".getBytes(UTF_8), 0, 3);
        }
        for (var task : codes) {
            assertThat(task.get()).isEqualTo("got it\n|");
        }
        sessions.forEach(ExecSession::close);
    }

    @Test
    void probesRunWithoutConmon() throws Exception {
        var result = box.runtime.exec(id, shell("echo yes; exit 4"), Duration.ofSeconds(20));
        assertThat(result).isEqualTo(new Command.Result(4, "yes\n", ""));
    }

    @Test
    void aProbeThatHangsIsKilledInTheContainer() throws Exception {
        assertThatThrownBy(
                        () -> box.runtime.exec(id, shell("exec sleep 777"), Duration.ofMillis(800)))
                .isInstanceOf(CommandFailedException.class);
        Eventually.holds(() -> box.cgroups.processes(box.parent + "/" + id).size() == 1);
    }

    @Test
    void aProbeOfAMissingCommandIsToldApartFromAFailingOne() {
        assertThatThrownBy(() ->
                        box.runtime.exec(
                                id,
                                process(ExecProcess.of(List.of("/none"))),
                                Duration.ofSeconds(20)))
                .isInstanceOfSatisfying(
                        ContainerStartException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
    }

    /// Pitfall 21: the image's user has none of root's capabilities.
    @Test
    void execAsAnotherUserHasItsIdsAndNoCapabilities() throws Exception {
        var process =
                process(
                        new ExecProcess(
                                List.of(
                                        "/bin/busybox",
                                        "sh",
                                        "-c",
                                        "id -u; id -G; grep CapEff /proc/self/status; pwd"),
                                List.of(),
                                Optional.of("/tmp"),
                                Optional.of("web"),
                                false,
                                false));
        var result = box.runtime.exec(id, process, Duration.ofSeconds(20));
        assertThat(result.stdout()).isEqualTo("33\n33 44\nCapEff:\t0000000000000000\n/tmp\n");
    }
}

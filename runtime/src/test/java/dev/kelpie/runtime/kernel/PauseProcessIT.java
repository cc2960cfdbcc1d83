package dev.kelpie.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PauseProcessIT {

    private static final List<String> SLEEP = List.of("/bin/sleep", "1000");

    @TempDir Path place;

    private final List<ProcessIdentity> born = new ArrayList<>();

    @BeforeEach
    void makeNamespaces() throws InterruptedException {
        NamespaceFiles.create(namespaces(), "pausing");
    }

    @AfterEach
    void endAll() {
        born.forEach(process -> process.signal(Signal.KILL));
        NamespaceFiles.delete(namespaces());
    }

    private Path namespaces() {
        return place.resolve("ns");
    }

    private Path proc() {
        return Path.of("/proc", Integer.toString(born.getFirst().pid()));
    }

    @Test
    void isInTheNamespacesAndInASessionOfItsOwn() throws Exception {
        PauseProcess.start(namespaces(), SLEEP, born::add);
        for (var kind : List.of("net", "ipc", "uts")) {
            assertThat(Files.getAttribute(proc().resolve("ns/" + kind), "unix:ino"))
                    .as(kind)
                    .isEqualTo(Files.getAttribute(namespaces().resolve(kind), "unix:ino"));
        }
        assertThat(stat().get(5)).as("session").isEqualTo(Integer.toString(born.getFirst().pid()));
    }

    @Test
    void hasNoPrivilegeAndCannotGetOne() throws Exception {
        PauseProcess.start(namespaces(), SLEEP, born::add);
        awaitProgram();
        assertThat(Files.readAllLines(proc().resolve("status")))
                .contains(
                        "CapPrm:\t0000000000000000",
                        "CapEff:\t0000000000000000",
                        "CapBnd:\t0000000000000000",
                        "NoNewPrivs:\t1");
    }

    @Test
    void holdsNothingOpenOfOurs() throws Exception {
        PauseProcess.start(namespaces(), SLEEP, born::add);
        awaitProgram();
        try (var open = Files.list(proc().resolve("fd"))) {
            assertThat(open.map(PauseProcessIT::target)).containsOnly("/dev/null");
        }
    }

    @Test
    void endsWhenItsBirthCannotBeWrittenDown() {
        assertThatThrownBy(() ->
                        PauseProcess.start(
                                namespaces(),
                                SLEEP,
                                process -> {
                                    born.add(process);
                                    throw new IllegalStateException("full disk");
                                }))
                .hasMessage("full disk");
        await(() -> !born.getFirst().isAlive());
    }

    @Test
    void leavesUsWhereWeWere() throws Exception {
        var before = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
        PauseProcess.start(namespaces(), SLEEP, born::add);
        assertThat(Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net"))).isEqualTo(before);
        assertThat(Files.readString(Path.of("/proc/thread-self/status")))
                .doesNotContain("CapBnd:\t0000000000000000");
    }

    /// Fields of proc_pid_stat(5).
    private List<String> stat() throws IOException {
        return List.of(Files.readString(proc().resolve("stat")).split(" ", -1));
    }

    private void awaitProgram() {
        await(() -> Files.readString(proc().resolve("cmdline")).startsWith("/bin/sleep"));
    }

    private interface Question {
        boolean holds() throws IOException;
    }

    private static void await(Question question) {
        try {
            for (int i = 0; i < 1000; i++) {
                if (question.holds()) {
                    return;
                }
                Thread.sleep(5);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("it does not come true");
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

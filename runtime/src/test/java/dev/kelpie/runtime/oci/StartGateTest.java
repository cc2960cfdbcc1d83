package dev.kelpie.runtime.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartGateTest {

    @TempDir private Path root;

    private Path fifo() {
        return root.resolve("web/exec.fifo");
    }

    @BeforeEach
    void aContainerWaits() throws Exception {
        Files.createDirectories(fifo().getParent());
        Files.writeString(fifo().resolveSibling("config.json"), "{\"process\": {}}");
        assertThat(new ProcessBuilder("mkfifo", fifo().toString()).start().waitFor()).isZero();
    }

    private boolean opens() {
        return new StartGate(root).open("web");
    }

    @Test
    void letsWhoWaitsGoAndTakesThePipeAway() throws Exception {
        var waiting = new FutureTask<>(() -> Files.readString(fifo()));
        Thread.ofVirtual().start(waiting);
        while (!waiting.isDone() && !opens()) {
            Thread.onSpinWait();
        }
        assertThat(waiting.get()).hasSize(1);
        assertThat(fifo()).doesNotExist();
    }

    @Test
    void leavesAPipeThatNobodyReadsToTheProgram() {
        assertThat(opens()).isFalse();
        assertThat(fifo()).exists();
    }

    @Test
    void leavesContainersWithHooksToTheProgram() throws IOException {
        Files.writeString(fifo().resolveSibling("config.json"), "{\"hooks\": {\"poststart\": []}}");
        assertThat(opens()).isFalse();
        assertThat(fifo()).exists();
    }

    @Test
    void leavesTheUnknownToTheProgram() {
        assertThat(new StartGate(root).open("db")).isFalse();
    }
}

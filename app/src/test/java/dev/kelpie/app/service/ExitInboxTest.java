package dev.kelpie.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExitInboxTest {
    @TempDir Path directory;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Activity activity = new Activity();
    private ExitInbox inbox;

    @BeforeEach
    void makeInbox() {
        inbox = new ExitInbox(options(), activity);
        inbox.prepare();
    }

    @AfterEach
    void closeInbox() {
        inbox.close();
    }

    @Test
    void hearsOfContainersThatEndedBefore() throws Exception {
        drop("one");
        inbox.listen(heard::add);

        assertThat(heard.take()).isEqualTo("one");
    }

    @Test
    void hearsOfContainersAsTheyEnd() throws Exception {
        inbox.listen(heard::add);
        drop("two");

        assertThat(heard.take()).isEqualTo("two");
    }

    @Test
    void tellsAgainWhatCouldNotBeHandled() throws Exception {
        drop("three");
        inbox.listen(id -> {
            heard.add(id);
            throw new IllegalStateException("not now");
        });
        heard.take();
        while (activity.isBusy()) {
            Thread.onSpinWait();
        }
        inbox.close();

        inbox = new ExitInbox(options(), activity);
        inbox.listen(heard::add);
        assertThat(heard.take()).isEqualTo("three");
    }

    @Test
    void ignoresNamesThatAreNoIds() throws Exception {
        drop("with space");
        drop("four");
        inbox.listen(heard::add);

        assertThat(heard.take()).isEqualTo("four");
        assertThat(heard).isEmpty();
    }

    @Test
    void leavesAScriptForConmon() throws Exception {
        assertThat(inbox.command()).containsExactly("/bin/sh", directory + "/run/exited.sh");
        assertThat(Files.readString(options().exitScript()))
                .contains("'" + directory + "/run/exited'/\"$1\"")
                .contains("kelpie-service' '--root' '" + directory + "/it'\\''s root'");
    }

    private void drop(String id) throws IOException {
        Files.createFile(options().exitInbox().resolve(id));
    }

    private ServiceOptions options() {
        return new ServiceOptions(
                directory.resolve("it's root"),
                directory.resolve("run"),
                directory.resolve("run/s"),
                directory.resolve("home"),
                Duration.ofMinutes(1),
                "b");
    }
}

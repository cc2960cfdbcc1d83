package dev.kelpie.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.Specs;
import dev.kelpie.engine.fault.StateException;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.ImageReference;
import dev.kelpie.engine.report.ResolvedProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateStoreTest {

    @TempDir Path directory;

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private Path file() {
        return directory.resolve("root/state.db");
    }

    private static PodRow pod(String id, String name) {
        return new PodRow(id, Specs.pod(name, "c"), "hash", Phase.MADE, true, NOW, "");
    }

    private static ContainerRow container(String id, String pod) {
        var process =
                new ResolvedProcess(
                        List.of("/bin/sh"), List.of("-c", "x"), List.of("A=b"), "/", "", "SIGTERM");
        return new ContainerRow(
                id,
                pod,
                ContainerKind.APP,
                1,
                Specs.container("web", "c"),
                new ResolvedImage(
                        new ImageReference("a", "b", "c"),
                        process,
                        List.of("80/tcp"),
                        Map.of("/data", "v"),
                        List.of("/layer")),
                Phase.MADE,
                Life.born(NOW));
    }

    @Test
    void readsBackWhatWasWritten() {
        try (var store = StateStore.open(file())) {
            store.change(change -> {
                change.put(pod("p1", "web"));
                change.put(container("c1", "p1"));
                change.put(
                        new VolumeRow("v", NOW, Map.of("a", "b"), "", "", false, Optional.empty()));
                change.put(new ExitRow("old", "name", 3, NOW));
            });
        }
        try (var store = StateStore.open(file())) {
            assertThat(store.now().pods().values()).containsExactly(pod("p1", "web"));
            assertThat(store.now().members("p1")).containsExactly(container("c1", "p1"));
            assertThat(store.now().volumes()).containsOnlyKeys("v");
            assertThat(store.now().exits())
                    .containsEntry("old", new ExitRow("old", "name", 3, NOW));
        }
    }

    @Test
    void keepsTheOrderInWhichPodsCame() {
        try (var store = StateStore.open(file())) {
            store.change(change -> change.put(pod("z", "first")));
            store.change(change -> change.put(pod("a", "second")));
            store.change(change -> change.editPod("z", row -> row.withRunning(false)));
        }
        try (var store = StateStore.open(file())) {
            assertThat(store.now().pods().keySet()).containsExactly("z", "a");
        }
    }

    @Test
    void writesNothingOfAChangeThatFails() {
        try (var store = StateStore.open(file())) {
            assertThatThrownBy(() ->
                            store.change(change -> {
                                change.put(pod("p1", "web"));
                                throw new IllegalStateException("no");
                            }))
                    .hasMessage("no");
            assertThat(store.now().pods()).isEmpty();
        }
    }

    @Test
    void keepsRoomToWriteDownRemovalsOnAFullDisk() throws Exception {
        try (var store = StateStore.open(file())) {
            store.requireRoom();
            assertThat(file().resolveSibling("state.db-spare")).hasSize(Spare.SIZE);
        }
    }

    @Test
    void takesChangesFromManyThreadsAtOnce() throws InterruptedException {
        try (var store = StateStore.open(file())) {
            var threads =
                    IntStream.range(0, 40)
                            .mapToObj(i ->
                                    Thread.startVirtualThread(
                                            () -> store.change(c -> c.put(pod("p" + i, "n" + i)))))
                            .toList();
            for (var thread : threads) {
                thread.join();
            }
        }
        try (var store = StateStore.open(file())) {
            assertThat(store.now().pods()).hasSize(40);
        }
    }

    @Test
    void removesAPodWithAllThatIsIts() {
        try (var store = StateStore.open(file())) {
            store.change(change -> {
                change.put(pod("p1", "web"));
                change.put(container("c1", "p1"));
                change.put(
                        new AddressRow(
                                "p1",
                                "kelpie",
                                0,
                                "10.0.0.2",
                                List.of(),
                                List.of(),
                                "boot",
                                Optional.empty()));
            });
            store.change(change -> change.removePod("p1"));
            assertThat(store.now().containers()).isEmpty();
            assertThat(store.now().addresses()).isEmpty();
        }
    }

    @Test
    void refusesAStateOfANewerVersion() throws Exception {
        StateStore.open(file()).close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA user_version = 99");
        }
        assertThatThrownBy(() -> StateStore.open(file()))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("made by a newer kelpie");
    }

    @Test
    void namesTheFileThatIsNoDatabase() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "this is not a database, whatever it may look like to you");
        assertThatThrownBy(() -> StateStore.open(file()))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("state.db");
    }

    @Test
    void refusesWorkOnceClosed() {
        var store = StateStore.open(file());
        store.close();
        assertThatThrownBy(() -> store.change(change -> change.put(pod("p", "n"))))
                .hasMessage("the engine is closed");
    }
}

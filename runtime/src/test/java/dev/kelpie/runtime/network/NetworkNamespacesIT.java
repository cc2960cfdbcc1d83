package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.kernel.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkNamespacesIT {

    @TempDir Path folder;

    private NetworkNamespaces namespaces() {
        return new NetworkNamespaces(folder.resolve("netns"));
    }

    @AfterEach
    void nothingStaysMounted() throws InterruptedException {
        for (var name : namespaces().list()) {
            namespaces().delete(name);
        }
        assertThat(Mounts.below(folder)).isEmpty();
    }

    @Test
    void isAnotherNamespaceWithLoopbackUp() throws Exception {
        var file = namespaces().create("web");
        assertThat(namespaces().isAlive("web")).isTrue();
        assertThat(namespaces().list()).containsExactly("web");
        assertThat(inside(file, "readlink", "/proc/self/ns/net"))
                .isNotEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString());
        assertThat(inside(file, "ip", "-o", "link", "show", "lo")).contains("LOOPBACK,UP");
    }

    @Test
    void ourOwnThreadsStayWhereTheyAre() throws Exception {
        var before = Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net"));
        namespaces().create("web");
        assertThat(Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net"))).isEqualTo(before);
        assertThat(Command.of("readlink", "/proc/self/ns/net").run().stdout().strip())
                .isEqualTo(before.toString());
    }

    /// Pitfall 45.
    @Test
    void goesAwayWhileSomebodyIsInside() throws Exception {
        var file = namespaces().create("web");
        var process = new ProcessBuilder("nsenter", "--net=" + file, "sleep", "60").start();
        try {
            Thread.sleep(50);
            namespaces().delete("web");
            assertThat(file).doesNotExist();
            assertThat(process.isAlive()).isTrue();
            namespaces().delete("web");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void replacesWhatARebootLeft() throws Exception {
        var file = Files.createDirectories(folder.resolve("netns")).resolve("web");
        Files.createFile(file);
        assertThat(namespaces().isAlive("web")).isFalse();
        namespaces().create("web");
        assertThat(namespaces().isAlive("web")).isTrue();
        namespaces().create("web");
        assertThat(Mounts.below(folder)).containsExactly(file);
    }

    @Test
    void manyAtOnce() throws Exception {
        var threads =
                List.of("a", "b", "c", "d", "e", "f").stream()
                        .map(name -> Thread.ofVirtual().start(() -> createQuietly(name)))
                        .toList();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(namespaces().list()).containsExactly("a", "b", "c", "d", "e", "f");
        assertThat(namespaces().list()).allMatch(namespaces()::isAlive);
    }

    @Test
    void leavesNoFileWhenItFails() throws IOException {
        Files.createFile(folder.resolve("netns"));
        assertThatThrownBy(() -> namespaces().create("web")).isInstanceOf(HostException.class);
        assertThatThrownBy(() -> namespaces().create("../web"))
                .isInstanceOf(IllegalArgumentException.class);
        Files.delete(folder.resolve("netns"));
    }

    private void createQuietly(String name) {
        try {
            namespaces().create(name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String inside(Path netns, String... argv) throws InterruptedException {
        var whole = new ArrayList<>(List.of("nsenter", "--net=" + netns));
        whole.addAll(List.of(argv));
        return Command.of(whole).run().stdout().strip();
    }
}

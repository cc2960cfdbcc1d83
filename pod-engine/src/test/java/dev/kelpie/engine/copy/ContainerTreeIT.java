package dev.kelpie.engine.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.runtime.kernel.RootedDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The container's side of `cp` against a container that changes under it (CVE-2018-15664); as
/// root, since owners are set.
@Timeout(120)
class ContainerTreeIT {
    private static final int TRIES = 3000;
    private static final WriteRule RULE = new WriteRule(true, false);

    @TempDir Path place;

    private Path inside;
    private Path host;
    private ContainerTree tree;

    @BeforeEach
    void open() throws IOException {
        inside = Files.createDirectory(place.resolve("inside"));
        host = Files.createDirectory(place.resolve("host"));
        Files.writeString(host.resolve("secret"), "of the host");
        Files.createDirectories(inside.resolve("work/d"));
        var volume = Files.createDirectory(place.resolve("volume"));
        Files.createSymbolicLink(volume.resolve("way"), host);
        var shape =
                new ContainerTree.Shape(
                        List.of(new ContainerTree.Place("/vol", volume, "", false)),
                        "/work",
                        7,
                        8,
                        ContainerTree.Owners.SAME);
        tree = new ContainerTree(RootedDirectory.open(inside), shape, () -> {});
    }

    @AfterEach
    void theHostIsUntouched() throws IOException {
        tree.close();
        try (var all = Files.list(host)) {
            assertThat(all).containsExactly(host.resolve("secret"));
        }
        assertThat(host.resolve("secret")).hasContent("of the host");
    }

    private void write(String directory, String name) throws IOException {
        var item =
                new CopyItem(name, CopyItem.Kind.FILE, "", 4, 0640, 1, 2, Instant.ofEpochSecond(9));
        tree.write(
                directory,
                RULE,
                sink ->
                        sink.put(
                                item,
                                new ByteArrayInputStream("text".getBytes(StandardCharsets.UTF_8))));
    }

    private Map<String, String> read(String path, String as) throws IOException {
        var found = new TreeMap<String, String>();
        tree.read(path, as, (item, content) -> found.put(item.path(), text(content)));
        return found;
    }

    private static String text(InputStream content) throws IOException {
        return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void writesAndReadsFromTheWorkingDirectory() throws IOException {
        write("d", "deep/er/file");
        var file = inside.resolve("work/d/deep/er/file");
        assertThat(file).hasContent("text");
        assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(7);
        assertThat(read("d/deep", "x"))
                .containsExactly(
                        Map.entry("x", ""), Map.entry("x/er", ""), Map.entry("x/er/file", "text"));
    }

    @Test
    void volumesAreRootsOfTheirOwn() throws IOException {
        write("/vol", "file");
        assertThat(place.resolve("volume/file")).hasContent("text");
        assertThatThrownBy(() -> write("/vol/way", "new")).isInstanceOf(IOException.class);
        assertThat(tree.lookUp("/vol/way/secret")).isEmpty();
    }

    @Test
    void linksInTheWayOfAFileAreReplaced() throws IOException {
        Files.createSymbolicLink(inside.resolve("work/secret"), host.resolve("secret"));
        write("/work", "secret");
        assertThat(inside.resolve("work/secret")).isRegularFile().hasContent("text");
    }

    @Test
    void namesThatLeaveTheCopyAreRefused() {
        for (var name : List.of("../x", "a/../../x", "/x", "a//b", ".")) {
            assertThatThrownBy(() -> write("/work", name))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aRaceIsNotWon() throws Exception {
        var stop = new AtomicBoolean();
        var attacker = Thread.ofPlatform().start(() -> swap(stop));
        try {
            for (int i = 0; i < TRIES; i++) {
                race(i);
            }
        } finally {
            stop.set(true);
            attacker.join();
        }
    }

    private void race(int i) {
        try {
            write("/work/d", "new" + i);
        } catch (IOException _) {
            // it was the link: no such directory in the container
        }
        try {
            assertThat(read("/work/d/secret", "s")).isEmpty();
        } catch (IOException _) {
            // no such file in the container
        }
    }

    private void swap(AtomicBoolean stop) {
        var name = inside.resolve("work/d");
        var aside = inside.resolve("work/aside");
        var link = inside.resolve("work/link");
        while (!stop.get()) {
            try {
                Files.createSymbolicLink(link, host);
                Files.move(name, aside);
                Files.move(link, name, StandardCopyOption.ATOMIC_MOVE);
                Files.delete(name);
                Files.move(aside, name);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

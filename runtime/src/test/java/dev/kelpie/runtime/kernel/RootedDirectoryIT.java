package dev.kelpie.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.runtime.HostException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pitfalls 25, 51, 53 and 61, as root since owners, devices and attributes of others are set.
class RootedDirectoryIT {

    @TempDir Path place;

    private Path inside;
    private Path outside;
    private RootedDirectory root;

    @BeforeEach
    void open() throws IOException {
        inside = Files.createDirectory(place.resolve("inside"));
        outside = Files.createDirectory(place.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "s");
        root = RootedDirectory.open(inside);
    }

    @AfterEach
    void close() {
        root.close();
    }

    private void write(String name, String text) throws IOException {
        try (var file = root.createFile(name, 0640)) {
            file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void absoluteAndClimbingSymlinksStayInside() throws IOException {
        root.symlink(outside.toString(), "abs");
        root.symlink("../../../../outside", "up");
        assertThat(root.statFollowing("abs/secret")).isEmpty();
        assertThat(root.statFollowing("up/secret")).isEmpty();
        assertThatThrownBy(() -> write("abs/new", "x")).isInstanceOf(HostException.class);
        assertThatThrownBy(() -> root.makeDirectory("up/new", 0755))
                .isInstanceOf(HostException.class);
        assertThat(outside).isDirectoryContaining("glob:**/secret");
        try (var left = Files.list(outside)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void symlinksInsideAreFollowedOnTheWay() throws IOException {
        root.makeDirectories("usr/lib", 0755);
        root.symlink("/usr/lib", "lib");
        write("lib/x", "text");
        assertThat(inside.resolve("usr/lib/x")).hasContent("text");
    }

    @Test
    void modesDoNotDependOnTheUmask() throws IOException {
        root.makeDirectory("open", 01777);
        write("file", "");
        assertThat(root.stat("open").orElseThrow().mode()).isEqualTo(01777);
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(inside.resolve("file"))))
                .isEqualTo("rw-r-----");
    }

    /// Pitfall 51: setuid and file capabilities outlast the change of owner.
    @Test
    void setsAllAttributesInTheOrderThatKeepsThem() throws IOException {
        write("tool", "x");
        var when = Instant.parse("2001-02-03T04:05:06.123456789Z");
        var capability = new byte[] {1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        root.setAttributes(
                "tool",
                new EntryAttributes(
                        33, 44, 04755, when, Map.of("security.capability", capability)));
        var facts = root.stat("tool").orElseThrow();
        assertThat(facts.mode()).isEqualTo(04755);
        assertThat(facts.uid()).isEqualTo(33);
        assertThat(facts.gid()).isEqualTo(44);
        assertThat(root.extendedAttributes("tool").get("security.capability"))
                .isEqualTo(capability);
        assertThat(Files.getLastModifiedTime(inside.resolve("tool")).toInstant()).isEqualTo(when);
    }

    @Test
    void attributesOfASymlinkAreItsOwn() throws IOException {
        write("target", "x");
        root.symlink("target", "link");
        root.setAttributes("link", new EntryAttributes(7, 8, 0777, Instant.EPOCH, Map.of()));
        assertThat(root.stat("link").orElseThrow().uid()).isEqualTo(7);
        assertThat(root.stat("target").orElseThrow().uid()).isZero();
        assertThat(root.readSymlink("link")).isEqualTo("target");
    }

    @Test
    void makesDevicesFifosAndHardLinks() throws IOException {
        root.makeDevice("null", EntryType.CHARACTER_DEVICE, 0666, new EntryFacts.Device(1, 3));
        root.makeDevice("hidden", EntryType.CHARACTER_DEVICE, 0, new EntryFacts.Device(0, 0));
        root.makeFifo("pipe", 0600);
        write("one", "1");
        root.link("one", "two");
        assertThat(root.stat("null").orElseThrow().device()).isEqualTo(new EntryFacts.Device(1, 3));
        assertThat(root.stat("hidden").orElseThrow().isWhiteout()).isTrue();
        assertThat(root.stat("pipe").orElseThrow().type()).isEqualTo(EntryType.FIFO);
        assertThat(root.stat("two").orElseThrow().inode())
                .isEqualTo(root.stat("one").orElseThrow().inode());
        assertThatThrownBy(() -> root.read("pipe")).hasMessageContaining("is not a regular file");
    }

    @Test
    void namesThatAreNotUtf8Survive() {
        var name = FileName.decode(new byte[] {'a', (byte) 0xFF, (byte) 0xC3, (byte) 0xBC});
        root.makeDirectory(name, 0755);
        assertThat(root.list(".")).extracting(DirectoryEntry::name).containsExactly(name);
        assertThat(FileName.encode(name)).containsExactly('a', 0xFF, 0xC3, 0xBC);
    }

    @Test
    void deletesDeepTreesButFollowsNothing() throws IOException {
        var deep = "d/" + "x/".repeat(300);
        root.makeDirectories(deep, 0755);
        root.symlink(outside.toString(), "d/link");
        root.deleteTree("d");
        root.deleteTree("d");
        assertThat(root.list(".")).isEmpty();
        assertThat(outside.resolve("secret")).exists();
    }

    /// What others delete at the same time must not end the deletion half-way.
    @Test
    void twoDeletionsOfOneTreeBothEnd() throws Exception {
        for (int i = 0; i < 500; i++) {
            root.makeDirectories("d/" + i + "/x/y", 0755);
        }
        var other = new FutureTask<>(() -> root.deleteTree("d"), true);
        Thread.ofPlatform().start(other);
        root.deleteTree("d");
        assertThat(other.get()).isTrue();
        assertThat(root.list(".")).isEmpty();
    }

    @Test
    void deletingStopsAtAMountedFileSystem() throws IOException {
        root.makeDirectories("d/mnt", 0755);
        Mounts.tmpfs(inside.resolve("d/mnt"), 1 << 20, "755");
        Files.writeString(inside.resolve("d/mnt/kept"), "k");
        try {
            assertThatThrownBy(() -> root.deleteTree("d")).isInstanceOf(HostException.class);
            assertThat(inside.resolve("d/mnt/kept")).exists();
        } finally {
            Mounts.unmount(inside.resolve("d/mnt"));
        }
    }

    @Test
    void refusesToChangeTheRootItselfOrNamesWithNul() {
        assertThatThrownBy(() -> root.deleteTree("/"))
                .hasMessageContaining("does not name an entry");
        assertThatThrownBy(() -> root.unlink("a/.."))
                .hasMessageContaining("does not name an entry");
        assertThatThrownBy(() -> root.makeDirectory("a\0b", 0755)).hasMessageContaining("NUL");
    }

    @Test
    void saysWhichEntryFailed() {
        assertThatThrownBy(() -> root.makeDirectory("no/such", 0755))
                .hasMessage("open 'no': No such file or directory");
    }
}

package dev.kelpie.image.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.image.BadImageException;
import dev.kelpie.image.Image;
import dev.kelpie.image.ImageException;
import dev.kelpie.image.ImageStoreException;
import dev.kelpie.image.archive.ArchiveLoader;
import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageIndex;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.spec.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageStoreTest {

    private static final byte[] ONE = LayerLab.layer("etc/", "etc/one=1");
    private static final byte[] TWO = LayerLab.layer("etc/two=2", "etc/.wh.one=");

    @TempDir Path temp;
    private final PlainLayerTrees trees = new PlainLayerTrees();

    @Test
    void isAnOciImageLayout() throws Exception {
        var store = open();
        load(store, "example.test/a:1", ONE, TWO);
        assertThat(temp.resolve("content/oci-layout"))
                .hasContent("{\"imageLayoutVersion\":\"1.0.0\"}");
        assertThat(temp.resolve("content/index.json"))
                .content()
                .contains("\"org.opencontainers.image.ref.name\":\"example.test/a:1\"");
        assertThat(temp.resolve("content/blobs/sha256").resolve(Digest.of(ONE).hex())).exists();
    }

    @Test
    void remembersEverythingWhenOpenedAgain() throws Exception {
        load(open(), "example.test/a:1", ONE, TWO);
        var image = open().images().getFirst();
        assertThat(image.names()).containsExactly(ImageReference.parse("example.test/a:1"));
        assertThat(image.lowerDirectories().getFirst().resolve("etc/two")).hasContent("2");
        assertThat(image.size()).isEqualTo(ONE.length + TWO.length);
    }

    @Test
    void movesANameAndKeepsTheOldImageWithoutOne() throws Exception {
        var store = open();
        load(store, "example.test/a:1", ONE);
        load(store, "example.test/a:1", ONE, TWO);
        assertThat(store.images()).hasSize(2);
        assertThat(store.images()).filteredOn(image -> image.names().isEmpty()).hasSize(1);
    }

    @Test
    void forgetsTheSameImagePackedOtherwiseUnlessAListHasIt() throws Exception {
        var store = open();
        var name = ImageReference.parse("example.test/a:1");
        load(store, name.toString(), ONE);
        var first = store.images().getFirst();
        repack(store, first, name);
        assertThat(store.image(first.digest())).isEmpty();
        var second = store.images().getFirst();
        var descriptor = store.descriptor(second.digest()).orElseThrow();
        var index = new ImageIndex(MediaType.OCI_INDEX, List.of(descriptor), Map.of());
        try (var lease = store.lease()) {
            var bytes = ImageJson.toBytes(index);
            var list = store.putBlob(bytes, lease);
            store.addList(
                    Descriptor.of(MediaType.OCI_INDEX, list, bytes.length),
                    ImageReference.parse("example.test/list:1"));
        }
        repack(store, second, name);
        assertThat(store.images()).hasSize(2);
    }

    /// The same with one more space in its manifest.
    private static void repack(ImageStore store, Image image, ImageReference name) {
        var before = store.descriptor(image.digest()).orElseThrow();
        var bytes = store.readBlob(image.digest(), 1 << 20, "manifest");
        var more = Arrays.copyOf(bytes, bytes.length + 1);
        more[bytes.length] = ' ';
        try (var lease = store.lease()) {
            var digest = store.putBlob(more, lease);
            store.add(Descriptor.of(before.mediaType(), digest, more.length), List.of(name));
        }
    }

    @Test
    void deletesOnlyWhatNothingElseNeeds() throws Exception {
        var store = open();
        load(store, "example.test/a:1", ONE);
        load(store, "example.test/b:1", ONE, TWO);
        var both = store.images();
        store.remove(Set.of(both.getLast().digest()));
        assertThat(store.images()).hasSize(1);
        assertThat(children("layers")).hasSize(1);
        store.remove(Set.of(store.images().getFirst().digest()));
        assertThat(children("layers")).isEmpty();
        assertThat(children("content/blobs/sha256")).isEmpty();
        assertThat(children("ingest")).isEmpty();
    }

    @Test
    void keepsWhatALeaseHasLookedAt() {
        var store = open();
        try (var lease = store.lease()) {
            var blob = store.putBlob(new byte[] {1}, lease);
            store.collectGarbage();
            assertThat(store.hasBlob(blob, lease)).isTrue();
        }
        store.collectGarbage();
        assertThat(children("content/blobs/sha256")).isEmpty();
    }

    @Test
    void refusesBlobsThatAreNotWhatTheyClaim() {
        var store = open();
        try (var lease = store.lease();
                var writer = store.writeBlob()) {
            writer.write(new byte[] {1}, 0, 1);
            assertThatThrownBy(() -> writer.commit(lease, Digest.of(new byte[0]), "layer x"))
                    .isInstanceOf(BadImageException.class)
                    .hasMessageStartingWith("layer x is not what it claims: expected sha256:");
        }
        assertThat(children("ingest")).isEmpty();
    }

    @Test
    void noticesBlobsThatWereDamagedOnDiskAndTakesThemAnew() throws Exception {
        load(open(), "example.test/a:1", ONE);
        var config = open().images().getFirst().id();
        Files.writeString(temp.resolve("content/blobs/sha256").resolve(config.hex()), "{}");
        var store = open();
        assertThat(store.images()).isEmpty();
        assertThat(children("layers")).as("nothing is deleted on a doubtful ground").hasSize(1);
        load(store, "example.test/a:1", ONE);
        assertThat(store.images()).hasSize(1);
    }

    @Test
    void saysThatTheDiskIsFullAndLeavesNothing() {
        var full = new AtomicInteger(-1);
        var store =
                ImageStore.open(
                        new Disk(
                                temp,
                                trees,
                                change -> {
                                    if (full.get() >= 0 && change.startsWith("create")) {
                                        throw new IOException("No space left on device");
                                    }
                                }),
                        UnpackLimits.DEFAULT);
        full.set(0);
        assertThatThrownBy(() -> load(store, "example.test/a:1", ONE))
                .isInstanceOf(ImageStoreException.class)
                .hasMessageEndingWith("no space left in '" + temp + "'");
        assertThat(children("ingest")).isEmpty();
        assertThat(store.images()).isEmpty();
    }

    /// Ends the world before each change in turn: whatever was reached then, the store opens again,
    /// has the old image, and either all or nothing of the new one.
    @Test
    void survivesBeingKilledBeforeAnyChange() throws Exception {
        for (var step = 0; ; step++) {
            var root = Files.createDirectory(temp.resolve("kill" + step));
            load(ImageStore.open(root, trees, UnpackLimits.DEFAULT), "example.test/old:1", ONE);
            var finished = loadUntilKilled(root, step);
            var after = ImageStore.open(root, trees, UnpackLimits.DEFAULT);
            var images = after.images();
            assertThat(images)
                    .filteredOn(i -> i.displayName().equals("example.test/old:1"))
                    .hasSize(1);
            assertThat(images.size()).isEqualTo(finished ? 2 : images.size()).isLessThan(3);
            for (var image : images) {
                assertThat(image.lowerDirectories())
                        .allSatisfy(layer -> assertThat(layer).isDirectory());
            }
            assertThat(list(root.resolve("ingest"))).isEmpty();
            load(after, "example.test/new:1", ONE, TWO);
            assertThat(after.images()).hasSize(2);
            if (finished) {
                assertThat(step).isGreaterThan(10);
                return;
            }
        }
    }

    private boolean loadUntilKilled(Path root, int steps) throws InterruptedException {
        var left = new AtomicInteger(Integer.MAX_VALUE);
        var disk =
                new Disk(
                        root,
                        trees,
                        change -> {
                            if (left.getAndDecrement() <= 0) {
                                throw new IOException("killed before: " + change);
                            }
                        });
        var store = ImageStore.open(disk, UnpackLimits.DEFAULT);
        left.set(steps);
        try {
            load(store, "example.test/new:1", ONE, TWO);
            return left.get() >= 0;
        } catch (ImageException e) {
            assertThat(e).hasStackTraceContaining("killed before");
            return false;
        }
    }

    @Test
    void refusesAnIndexThatNobodyCanRead() throws Exception {
        load(open(), "example.test/a:1", ONE);
        Files.write(temp.resolve("content/index.json"), "{".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(this::open)
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("index.json' is not valid JSON");
    }

    private ImageStore open() {
        return ImageStore.open(temp, trees, UnpackLimits.DEFAULT);
    }

    private static void load(ImageStore store, String name, byte[]... layers)
            throws InterruptedException {
        var archive = LayerLab.ociArchive(name, layers);
        new ArchiveLoader(store, "lab").load(new ByteArrayInputStream(archive));
    }

    private List<Path> children(String directory) {
        return list(temp.resolve(directory));
    }

    private static List<Path> list(Path directory) {
        try (var files = Files.list(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

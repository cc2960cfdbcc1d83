package dev.kelpie.image.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.kelpie.image.BadArchiveException;
import dev.kelpie.image.Loaded;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.store.ImageStore;
import dev.kelpie.image.store.LayerLab;
import dev.kelpie.image.store.PlainLayerTrees;
import dev.kelpie.image.store.UnpackLimits;
import dev.kelpie.image.tar.RawTar;
import dev.kelpie.image.tar.TarAttributes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveLoaderTest {

    private static final byte[] LAYER = LayerLab.layer("hello=world");
    private static final byte[] UPPER = LayerLab.layer("more=1");

    @TempDir Path temp;
    private ImageStore store;
    private boolean expectImages;

    @BeforeEach
    void open() {
        store = ImageStore.open(temp, new PlainLayerTrees(), UnpackLimits.DEFAULT);
    }

    @AfterEach
    void leavesNothingHalfMade() throws IOException {
        assertThat(children("ingest")).isEmpty();
        if (!expectImages) {
            assertThat(children("content/blobs/sha256")).isEmpty();
            assertThat(children("layers")).isEmpty();
            assertThat(store.images()).isEmpty();
        }
    }

    @Test
    void loadsAnOciArchive() throws Exception {
        var loaded = load(LayerLab.ociArchive("app:v1", LAYER)).getFirst();
        assertThat(loaded.names()).hasToString("[localhost/app:v1]");
        assertThat(loaded.image().lowerDirectories().getFirst().resolve("hello"))
                .hasContent("world");
        assertThat(loaded.image().config().config().env()).containsExactly("A=b");
    }

    @Test
    void loadsTheOneImageOfAFolder() throws Exception {
        var config = LayerLab.config(List.of(Digest.of(LAYER))).getBytes(StandardCharsets.UTF_8);
        var manifest =
                "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}"
                        .formatted(
                                LayerLab.descriptor("config.v1+json", config, ""),
                                LayerLab.descriptor("layer.v1.tar", LAYER, ""));
        expectImages = true;
        var loaded =
                new ArchiveLoader(store, "folder")
                        .load(
                                (ArchiveLoader.Folder)
                                        to -> {
                                            file(
                                                    to,
                                                    "version",
                                                    "Directory Transport Version: 1.1\n"
                                                            .getBytes(UTF_8));
                                            file(to, "manifest.json", manifest.getBytes(UTF_8));
                                            file(to, Digest.of(config).hex(), config);
                                            file(to, Digest.of(LAYER).hex(), LAYER);
                                        });
        assertThat(loaded).singleElement().satisfies(one -> assertThat(one.names()).isEmpty());
        assertThat(store.images()).hasSize(1);
    }

    @Test
    void saysWhatAFolderLacks() {
        assertThatThrownBy(() ->
                        new ArchiveLoader(store, "folder")
                                .load((ArchiveLoader.Folder) to -> file(to, "version", LAYER)))
                .isInstanceOf(BadArchiveException.class)
                .hasMessage("cannot load 'folder': it holds no image");
    }

    private static void file(ArchiveLoader.Visitor to, String name, byte[] content)
            throws IOException {
        to.file(name, new ByteArrayInputStream(content));
    }

    @Test
    void takesGzipAndZstdOff() throws Exception {
        var plain = LayerLab.ociArchive("app:v1", LAYER);
        assertThat(load(LayerLab.gzip(plain))).hasSize(1);
        assertThat(load(Zstd.compress(plain))).hasSize(1);
    }

    @Test
    void readsAllMembersOfGzipAndAllFramesOfZstd() throws Exception {
        var half = LAYER.length / 2;
        var first = Arrays.copyOf(LAYER, half);
        var second = Arrays.copyOfRange(LAYER, half, LAYER.length);
        var config = LayerLab.config(List.of(Digest.of(LAYER)));
        load(LayerLab.ociArchive("a:1", config, join(LayerLab.gzip(first), LayerLab.gzip(second))));
        // a skippable frame of three bytes goes before
        var skipped = new byte[] {0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3};
        load(
                LayerLab.ociArchive(
                        "b:1", config, join(skipped, Zstd.compress(first), Zstd.compress(second))));
        assertThat(store.images()).hasSize(2);
    }

    @Test
    void loadsDockerArchivesWithSeveralImagesAndLinkedLayers() throws Exception {
        var one = LayerLab.config(List.of(Digest.of(LAYER)));
        var two = LayerLab.config(List.of(Digest.of(LAYER), Digest.of(UPPER)));
        var archive =
                LayerLab.tar(tar -> {
                    LayerLab.file(tar, "aaa/layer.tar", LAYER);
                    LayerLab.file(tar, "bbb/layer.tar", UPPER);
                    tar.symlink(
                            "ccc/layer.tar",
                            "../aaa/layer.tar",
                            TarAttributes.of(0, 0, 0777, Instant.EPOCH));
                    LayerLab.file(tar, "one.json", one);
                    LayerLab.file(tar, "two.json", two);
                    LayerLab.file(
                            tar,
                            "manifest.json",
                            """
                            [{"Config":"one.json","RepoTags":["example.test/one:1","one:2"],"Layers":["aaa/layer.tar"]},
                             {"Config":"two.json","RepoTags":null,"Layers":["ccc/layer.tar","bbb/layer.tar"]}]
                            """);
                });
        var loaded = load(archive);
        assertThat(loaded.get(0).names()).hasToString("[example.test/one:1, localhost/one:2]");
        assertThat(loaded.get(1).names()).isEmpty();
        assertThat(loaded.get(1).image().lowerDirectories()).hasSize(2);
    }

    @Test
    void refusesBlobsWithAnotherName() {
        var archive =
                LayerLab.tar(
                        tar -> LayerLab.file(tar, "blobs/sha256/" + "0".repeat(64), "something"));
        refuses(archive, "entry 'blobs/sha256/000", "is not what it claims");
    }

    @Test
    void refusesLayersWithAnotherDiffId() {
        var config = LayerLab.config(List.of(Digest.of(UPPER)));
        refuses(
                LayerLab.ociArchive("app:v1", config, LAYER),
                "image 'localhost/app:v1'",
                "expected diffID " + Digest.of(UPPER));
    }

    @Test
    void refusesMoreLayersThanTheConfigurationNames() {
        var config = LayerLab.config(List.of());
        refuses(
                LayerLab.ociArchive("app:v1", config, LAYER),
                "image 'localhost/app:v1' has 1 layers",
                "names 0");
    }

    @Test
    void refusesLayersThatEscape() {
        refuses(
                LayerLab.ociArchive("app:v1", LayerLab.layer("../../evil=1")),
                "image 'localhost/app:v1'",
                "entry '../../evil': path leaves the layer");
        assertThat(temp.resolveSibling("evil")).doesNotExist();
    }

    @Test
    void refusesArchivesThatEscape() {
        refuses(LayerLab.layer("../evil=1"), "path leaves the layer: '../evil'", "");
        refuses(LayerLab.layer("a->../../evil"), "link leaves the archive", "");
    }

    @Test
    void refusesTruncatedArchives() {
        var whole = LayerLab.ociArchive("app:v1", LAYER);
        for (var length : new int[] {0, 700, 1500, whole.length / 2, whole.length - 2500}) {
            refuses(Arrays.copyOf(whole, length), "cannot load 'evil.tar'", "");
        }
        var packed = LayerLab.gzip(whole);
        refuses(Arrays.copyOf(packed, packed.length / 2), "cannot load 'evil.tar'", "");
    }

    @Test
    void refusesMissingBlobs() {
        var index =
                "{\"schemaVersion\":2,\"manifests\":[%s]}"
                        .formatted(LayerLab.descriptor("manifest.v1+json", new byte[] {1}, ""));
        refuses(
                LayerLab.tar(tar -> LayerLab.file(tar, "index.json", index)),
                "blob sha256:",
                "is missing");
    }

    @Test
    void refusesSizesThatLie() {
        var json = "{}".getBytes(StandardCharsets.UTF_8);
        var lie =
                LayerLab.descriptor("manifest.v1+json", json, "")
                        .replace("\"size\":2", "\"size\":3");
        var archive =
                LayerLab.tar(tar -> {
                    LayerLab.file(tar, "blobs/sha256/" + Digest.of(json).hex(), json);
                    LayerLab.file(
                            tar, "index.json", "{\"schemaVersion\":2,\"manifests\":[" + lie + "]}");
                });
        refuses(archive, "has 2 bytes, not 3", "");
    }

    @Test
    void refusesWhatIsNoArchive() {
        refuses("hello".repeat(500).getBytes(StandardCharsets.UTF_8), "not a tar header", "");
        refuses(LayerLab.layer("just=files"), "it holds no image", "");
        refuses(new RawTar().entry('3', "null", new byte[0]).end(), "is a device", "");
    }

    @Test
    void refusesJsonThatIsMadeToHurt() {
        var deep = "[".repeat(100_000);
        refuses(LayerLab.layer("manifest.json=" + deep), "manifest.json", "is not valid JSON");
        refuses(
                LayerLab.layer("index.json={\"a\":1,\"a\":2}"),
                "index.json is not valid JSON",
                "Duplicate");
    }

    @Test
    void refusesLayersThatBecomeAbsurdlyLarge() {
        var limits = new UnpackLimits(1000, 1L << 30, 1L << 30, 10, 1 << 16);
        store = ImageStore.open(temp, new PlainLayerTrees(), limits);
        var bomb = LayerLab.layer("zeros=" + "0".repeat(1 << 20));
        var config = LayerLab.config(List.of(Digest.of(bomb)));
        refuses(
                LayerLab.ociArchive("app:v1", config, LayerLab.gzip(bomb)),
                "holds more than 65536 bytes",
                "");
    }

    private void refuses(byte[] archive, String words, String more) {
        assertThatThrownBy(() ->
                        new ArchiveLoader(store, "evil.tar")
                                .load(new ByteArrayInputStream(archive)))
                .isInstanceOf(BadArchiveException.class)
                .hasMessageStartingWith("cannot load 'evil.tar': ")
                .hasMessageContaining(words)
                .hasMessageContaining(more);
    }

    private List<Loaded> load(byte[] archive) throws InterruptedException {
        expectImages = true;
        return new ArchiveLoader(store, "lab.tar").load(new ByteArrayInputStream(archive));
    }

    private static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private List<Path> children(String directory) throws IOException {
        try (var files = Files.list(temp.resolve(directory))) {
            return files.toList();
        }
    }
}

package dev.kelpie.image.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.image.Image;
import dev.kelpie.image.archive.ArchiveLoader;
import dev.kelpie.image.spec.Digest;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCheckTest {

    private static final byte[] LAYER = LayerLab.layer("hello=world");

    @TempDir Path temp;
    private final PlainLayerTrees trees = new PlainLayerTrees();
    private ImageStore store;
    private Image image;

    @BeforeEach
    void load() throws Exception {
        store = ImageStore.open(temp, trees, UnpackLimits.DEFAULT);
        image =
                new ArchiveLoader(store, "lab")
                        .load(new ByteArrayInputStream(LayerLab.ociArchive("r.test/a:1", LAYER)))
                        .getFirst()
                        .image();
    }

    @Test
    void findsNothingWrongWithWhatIsRight() throws Exception {
        assertThat(store.check(true, true, id -> true)).isEmpty();
        assertThat(store.images()).hasSize(1);
    }

    @Test
    void findsBytesThatChangedOnlyWhenItReadsThem() throws Exception {
        var bytes = LAYER.clone();
        bytes[0] ^= 1;
        Files.write(blob(Digest.of(LAYER)), bytes);
        assertThat(store.check(false, false, id -> true)).isEmpty();
        assertThat(store.check(true, false, id -> true))
                .containsExactly(
                        new Damage(
                                "r.test/a:1", "blob " + Digest.of(LAYER) + " is damaged", false));
        assertThat(store.images()).hasSize(1);
    }

    @Test
    void forgetsWhatCannotBeMendedUnlessAContainerUsesIt() throws Exception {
        Files.delete(blob(Digest.of(LAYER)));
        assertThat(store.check(false, true, id -> false)).noneMatch(Damage::mended);
        assertThat(store.images()).hasSize(1);
        assertThat(store.check(false, true, id -> true)).allMatch(Damage::mended);
        assertThat(store.images()).isEmpty();
        assertThat(temp.resolve("layers")).isEmptyDirectory();
    }

    @Test
    void unpacksAMissingLayerAnew() throws Exception {
        trees.delete(temp.resolve("layers").resolve(image.config().chainIds().getFirst().hex()));
        var damages = store.check(false, true, id -> true);
        assertThat(damages).extracting(Damage::mended).isEqualTo(List.of(true));
        assertThat(image.lowerDirectories().getFirst().resolve("hello")).hasContent("world");
    }

    @Test
    void forgetsAnImageWhoseManifestIsGone() throws Exception {
        Files.delete(blob(image.digest()));
        store = ImageStore.open(temp, trees, UnpackLimits.DEFAULT);
        assertThat(store.check(false, true, id -> true)).hasSize(1);
        assertThat(temp.resolve("content/blobs/sha256")).isEmptyDirectory();
    }

    private Path blob(Digest digest) {
        return temp.resolve("content/blobs/sha256").resolve(digest.hex());
    }
}

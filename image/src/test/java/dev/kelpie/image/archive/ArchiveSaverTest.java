package dev.kelpie.image.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.image.BadImageException;
import dev.kelpie.image.Image;
import dev.kelpie.image.ImageStoreException;
import dev.kelpie.image.Images;
import dev.kelpie.image.Loaded;
import dev.kelpie.image.registry.RegistrySettings;
import dev.kelpie.image.store.LayerLab;
import dev.kelpie.image.store.PlainLayerTrees;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveSaverTest {

    @TempDir Path temp;
    private Images images;

    @BeforeEach
    void open() {
        images = images("one");
    }

    @Test
    void keepsDigestAndNamesThroughAnOciArchive() throws Exception {
        var image = load("app:v1", "a=1");
        var saved = images.toSave("app:v1", List.of("other:2"));
        var again = reload(saved, ArchiveFormat.OCI_ARCHIVE);
        assertThat(again).hasSize(1);
        assertThat(again.getFirst().image().digest()).isEqualTo(image.digest());
        assertThat(again.getFirst().names()).hasToString("[localhost/app:v1, localhost/other:2]");
    }

    @Test
    void keepsTheIdThroughADockerArchive() throws Exception {
        var image = load("app:v1", "a=1");
        var again = reload(images.toSave("app:v1", List.of()), ArchiveFormat.DOCKER_ARCHIVE);
        assertThat(again.getFirst().image().id()).isEqualTo(image.id());
        assertThat(again.getFirst().image().lowerDirectories().getFirst().resolve("a"))
                .hasContent("1");
    }

    @Test
    void savesTheSameBytesTwice() throws Exception {
        load("app:v1", "a=1");
        var saved = List.of(images.toSave("app:v1", List.of()));
        var format = ArchiveFormat.OCI_ARCHIVE;
        assertThat(bytes(saved, format)).isEqualTo(bytes(saved, format));
    }

    @Test
    void putsSeveralImagesIntoOneDockerArchive() throws Exception {
        load("app:v1", "a=1");
        load("app:v2", "a=2");
        var both = List.of(images.toSave("app:v1", List.of()), images.toSave("app:v2", List.of()));
        var loaded =
                images("two")
                        .load(
                                new ByteArrayInputStream(bytes(both, ArchiveFormat.DOCKER_ARCHIVE)),
                                "x");
        assertThat(loaded.stream().map(each -> each.names().toString()))
                .containsExactly("[localhost/app:v1]", "[localhost/app:v2]");
    }

    @Test
    void leavesTheOldFileWhenABlobIsDamaged() throws Exception {
        var image = load("app:v1", "a=1");
        damage(image);
        var file = Files.writeString(temp.resolve("out.tar"), "old");
        var saved = List.of(images.toSave("app:v1", List.of()));
        for (var format : List.of(ArchiveFormat.OCI_ARCHIVE, ArchiveFormat.DOCKER_ARCHIVE)) {
            assertThatThrownBy(() -> images.save(saved, format, false, file))
                    .isInstanceOf(BadImageException.class)
                    .hasMessageContaining("damaged");
        }
        assertThat(file).hasContent("old");
        var directory = temp.resolve("out");
        assertThatThrownBy(() -> images.save(saved, ArchiveFormat.OCI_DIR, false, directory))
                .isInstanceOf(BadImageException.class);
        try (var left = Files.list(temp)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("one", "out.tar");
        }
    }

    @Test
    void compressesTheLayersOfADockerDirectory() throws Exception {
        load("app:v1", "a=1");
        var saved = List.of(images.toSave("app:v1", List.of()));
        images.save(saved, ArchiveFormat.DOCKER_DIR, true, temp.resolve("dir"));
        assertThat(temp.resolve("dir/manifest.json"))
                .content()
                .contains("application/vnd.docker.image.rootfs.diff.tar.gzip")
                .contains("application/vnd.docker.distribution.manifest.v2+json");
        assertThat(temp.resolve("dir/version")).hasContent("Directory Transport Version: 1.1");
    }

    @Test
    void doesNotWriteIntoAFolderThatHoldsSomething() throws Exception {
        load("app:v1", "a=1");
        var saved = List.of(images.toSave("app:v1", List.of()));
        var directory = Files.createDirectory(temp.resolve("dir"));
        images.save(saved, ArchiveFormat.OCI_DIR, false, directory);
        assertThat(directory.resolve("oci-layout")).exists();
        assertThatThrownBy(() -> images.save(saved, ArchiveFormat.OCI_DIR, false, directory))
                .isInstanceOf(ImageStoreException.class)
                .hasMessageEndingWith("it is there already");
    }

    @Test
    void namesThePathThatWasTypedWhenItCannotBeMade() throws Exception {
        load("app:v1", "a=1");
        var saved = List.of(images.toSave("app:v1", List.of()));
        var file = temp.resolve("gone/out.tar");
        assertThatThrownBy(() -> images.save(saved, ArchiveFormat.OCI_ARCHIVE, false, file))
                .hasMessage("cannot save to '" + file + "': no such file or directory");
    }

    private void damage(Image image) throws Exception {
        var layer = image.manifest().layers().getFirst();
        var blob = temp.resolve("one/content/blobs/sha256/" + layer.digest().hex());
        var bytes = Files.readAllBytes(blob);
        bytes[600] ^= 1;
        Files.delete(blob);
        Files.write(blob, bytes);
    }

    private List<Loaded> reload(SavedImage saved, ArchiveFormat format) throws Exception {
        var archive = bytes(List.of(saved), format);
        return images("two").load(new ByteArrayInputStream(archive), "archive");
    }

    private byte[] bytes(List<SavedImage> saved, ArchiveFormat format) throws Exception {
        var out = new ByteArrayOutputStream();
        images.save(saved, format, out);
        return out.toByteArray();
    }

    private Image load(String name, String... files) throws Exception {
        var archive = LayerLab.ociArchive(name, LayerLab.layer(files));
        return images.load(new ByteArrayInputStream(archive), name).getFirst().image();
    }

    private Images images(String root) {
        return Images.open(temp.resolve(root), new PlainLayerTrees(), RegistrySettings.NONE);
    }
}

package dev.kelpie.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.image.registry.RegistrySettings;
import dev.kelpie.image.store.LayerLab;
import dev.kelpie.image.store.PlainLayerTrees;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesTest {

    @TempDir Path temp;
    private Images images;

    @BeforeEach
    void open() {
        images = Images.open(temp, new PlainLayerTrees(), RegistrySettings.NONE);
    }

    @Test
    void findsByNameShortNameAndId() throws Exception {
        var image = load("example.test/team/app:v1", "a=1");
        for (var text :
                List.of(
                        "example.test/team/app:v1",
                        "team/app:v1",
                        "app:v1",
                        image.id().toString(),
                        image.id().hex(),
                        image.id().brief(),
                        "example.test/team/app@" + image.digest(),
                        "app@" + image.digest())) {
            assertThat(images.find(text)).as(text).contains(image);
        }
        for (var text :
                List.of("app", "pp:v1", "example.test/app:v1", "sha256:" + "0".repeat(64), "fff")) {
            assertThat(images.find(text)).as(text).isEmpty();
        }
    }

    @Test
    void prefersLocalhostForShortNames() throws Exception {
        load("example.test/app:latest", "a=1");
        var local = load("localhost/app:latest", "a=2");
        assertThat(images.get("app")).isEqualTo(local);
    }

    @Test
    void saysWhatIsWrongWithAName() {
        assertThatThrownBy(() -> images.get("gone"))
                .isInstanceOf(ImageNotFoundException.class)
                .hasMessage("gone: image not known");
        assertThatThrownBy(() -> images.get("Gone"))
                .isInstanceOf(BadImageNameException.class)
                .hasMessage("not a valid image name: 'Gone' (image names are lower case)");
        assertThatThrownBy(() -> images.get("sha256:xyz"))
                .isInstanceOf(BadImageNameException.class);
    }

    @Test
    void listsALinePerName() throws Exception {
        load("example.test/app:v1", "a=1");
        images.tag("app:v1", "other");
        assertThat(images.list())
                .extracting(line -> line.repository() + ":" + line.tag())
                .containsExactly("example.test/app:v1", "localhost/other:latest");
        images.untag("other", List.of());
        assertThat(images.list())
                .extracting(line -> line.repository() + ":" + line.tag())
                .containsExactly("<none>:<none>");
    }

    @Test
    void takesOnlyTheNameWhileThereAreOthers() throws Exception {
        var image = load("example.test/app:v1", "a=1");
        images.tag("app:v1", "other:1");
        assertThat(images.remove("other:1", false, Set.of(image.id())).untagged())
                .hasToString("[localhost/other:1]");
        assertThatThrownBy(() -> images.remove("app:v1", false, Set.of(image.id())))
                .isInstanceOf(ImageInUseException.class)
                .hasMessageStartingWith("image 'app:v1' is in use by a container");
        assertThat(images.remove("app:v1", false, Set.of()).deleted()).containsExactly(image.id());
        assertThat(images.all()).isEmpty();
    }

    @Test
    void wantsForceForAnIdWithSeveralNames() throws Exception {
        var image = load("example.test/app:v1", "a=1");
        images.tag("app:v1", "other:1");
        assertThatThrownBy(() -> images.remove(image.id().brief(), false, Set.of()))
                .isInstanceOf(ImageInUseException.class)
                .hasMessageContaining("example.test/app:v1, localhost/other:1");
        assertThat(images.remove(image.id().brief(), true, Set.of()).untagged()).hasSize(2);
    }

    @Test
    void prunesWhatHasNoName() throws Exception {
        var old = load("example.test/app:v1", "a=1");
        var current = load("example.test/app:v1", "a=2");
        assertThat(images.prune(false, Set.of(old.id()), image -> true).deleted()).isEmpty();
        assertThat(images.prune(false, Set.of(), image -> true).deleted())
                .containsExactly(old.id());
        assertThat(images.all()).containsExactly(current);
    }

    private Image load(String name, String file) throws InterruptedException {
        var archive = LayerLab.ociArchive(name, LayerLab.layer(file));
        return images.load(new ByteArrayInputStream(archive), "lab").getFirst().image();
    }
}

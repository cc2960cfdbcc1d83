package dev.kelpie.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kelpie.image.registry.PullOptions;
import dev.kelpie.image.registry.RegistrySettings;
import dev.kelpie.image.store.ImageJson;
import dev.kelpie.image.store.LayerLab;
import dev.kelpie.image.store.PlainLayerTrees;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestListsTest {

    @TempDir Path temp;
    private Images images;

    @BeforeEach
    void open() {
        images = Images.open(temp, new PlainLayerTrees(), RegistrySettings.NONE);
    }

    @Test
    void listsImagesWithTheirPlatforms() throws Exception {
        var image = load("localhost/a:1", "a=1");
        lists().create("many", false, Map.of("of", "all"));
        lists().add("many", "a:1", false, PullOptions.DEFAULT, ManifestLists.Words.NONE);
        var words =
                new ManifestLists.Words(
                        Optional.empty(),
                        Optional.of("arm64"),
                        Optional.of("v8"),
                        Map.of("k", "v"));
        lists().add(
                        "many",
                        load("localhost/b:1", "b=1").id().hex(),
                        false,
                        PullOptions.DEFAULT,
                        words);
        var json = inspect();
        assertThat(json.at("/mediaType").asText())
                .isEqualTo("application/vnd.oci.image.index.v1+json");
        assertThat(json.at("/annotations/of").asText()).isEqualTo("all");
        assertThat(json.at("/manifests/0/digest").asText()).isEqualTo(image.digest().toString());
        assertThat(json.at("/manifests/0/platform/architecture").asText()).isEqualTo("amd64");
        assertThat(json.at("/manifests/1/platform/variant").asText()).isEqualTo("v8");
        assertThat(json.at("/manifests/1/annotations/k").asText()).isEqualTo("v");
        assertThat(images.all()).as("a list is no image").hasSize(2);
        assertThat(images.list()).as("but is listed").hasSize(3);
    }

    @Test
    void keepsWhatItListsWhenTheImagesAreRemoved() throws Exception {
        var image = load("localhost/a:1", "a=1");
        lists().create("many", false, Map.of());
        lists().add("many", "a:1", false, PullOptions.DEFAULT, ManifestLists.Words.NONE);
        images.remove("a:1", false, Set.of());
        var blobs = temp.resolve("content/blobs/sha256");
        assertThat(blobs.resolve(image.digest().hex())).exists();
        assertThat(blobs.toFile().list()).hasSize(4);
        open();
        assertThat(lists().exists("localhost/many")).isTrue();
        lists().delete("many");
        assertThat(blobs).isEmptyDirectory();
    }

    @Test
    void annotatesAndRemovesEntries() throws Exception {
        var image = load("localhost/a:1", "a=1");
        lists().create("many", false, Map.of());
        lists().add("many", "a:1", false, PullOptions.DEFAULT, ManifestLists.Words.NONE);
        var words =
                new ManifestLists.Words(
                        Optional.of("plan9"), Optional.empty(), Optional.empty(), Map.of());
        lists().annotate("many", image.digest().toString(), words);
        assertThat(inspect().at("/manifests/0/platform/os").asText()).isEqualTo("plan9");
        lists().remove("many", List.of(image.digest().toString()));
        assertThat(inspect().path("manifests")).isEmpty();
    }

    @Test
    void goWithAllNamesByIdIfForced() {
        var id = lists().create("many", false, Map.of()).hex();
        images.tag("many", "more");
        assertThatThrownBy(() -> images.remove(id, false, Set.of()))
                .isInstanceOf(ImageInUseException.class)
                .hasMessageContaining("localhost/many:latest, localhost/more:latest");
        assertThat(images.remove("more", false, Set.of()).deleted()).isEmpty();
        images.tag("many", "more");
        assertThat(images.remove(id, true, Set.of()).untagged()).hasSize(2);
        assertThat(images.list()).isEmpty();
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        load("localhost/a:1", "a=1");
        lists().create("many", false, Map.of());
        assertThatThrownBy(() -> lists().create("many", false, Map.of()))
                .hasMessage("name 'localhost/many:latest' is in use by a list");
        assertThatThrownBy(() -> lists().create("a:1", false, Map.of()))
                .hasMessage("name 'localhost/a:1' is in use by an image");
        assertThatThrownBy(() -> lists().inspect("few")).hasMessage("no such list: 'few'");
        assertThatThrownBy(() -> lists().annotate("many", "a:1", ManifestLists.Words.NONE))
                .hasMessage("list 'many' has no entry 'a:1'");
    }

    private JsonNode inspect() {
        return ImageJson.object(lists().inspect("many"), "list");
    }

    private ManifestLists lists() {
        return images.lists();
    }

    private Image load(String name, String file) throws InterruptedException {
        var archive = LayerLab.ociArchive(name, LayerLab.layer(file));
        return images.load(new ByteArrayInputStream(archive), "lab").getFirst().image();
    }
}

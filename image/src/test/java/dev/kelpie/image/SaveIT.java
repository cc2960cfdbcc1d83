package dev.kelpie.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.image.archive.ArchiveFormat;
import dev.kelpie.image.registry.RegistrySettings;
import dev.kelpie.image.store.LayerLab;
import dev.kelpie.image.store.PlainLayerTrees;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `save` makes, read by skopeo.
class SaveIT {

    @TempDir Path temp;

    @ParameterizedTest
    @CsvSource({
        "OCI_ARCHIVE,oci-archive:",
        "DOCKER_ARCHIVE,docker-archive:",
        "OCI_DIR,oci:",
        "DOCKER_DIR,dir:"
    })
    void isReadBySkopeo(ArchiveFormat format, String transport) throws Exception {
        var skopeo = Path.of("/usr/bin/skopeo");
        Assumptions.assumeTrue(Files.isExecutable(skopeo), "skopeo is not installed");
        var images =
                Images.open(temp.resolve("root"), new PlainLayerTrees(), RegistrySettings.NONE);
        var archive = LayerLab.ociArchive("app:v1", LayerLab.layer("a=1"), LayerLab.layer("b=2"));
        var image = images.load(new ByteArrayInputStream(archive), "x").getFirst().image();
        var saved = temp.resolve("saved");
        images.save(List.of(images.toSave("app:v1", List.of())), format, false, saved);
        var copy = temp.resolve("copy");
        LoopbackRegistry.run(
                skopeo.toString(), "--insecure-policy", "copy", transport + saved, "dir:" + copy);
        assertThat(copy.resolve("manifest.json")).content().contains(image.id().hex());
        LoopbackRegistry.run(skopeo.toString(), "inspect", transport + saved);
    }
}

package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.image.Image;
import dev.kelpie.image.spec.ContainerConfig;
import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageConfig;
import dev.kelpie.image.spec.Manifest;
import dev.kelpie.image.spec.MediaType;
import dev.kelpie.image.spec.Platform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A folder of the host's as an image that says nothing (`--rootfs`).
final class FolderImage {

    private FolderImage() {}

    static Image of(String folder) {
        var path = Path.of(folder);
        if (!Files.isDirectory(path)) {
            throw new InvalidRequestException(
                    "root filesystem '" + folder + "' is not a directory of the host");
        }
        var digest = Digest.of(folder.getBytes(StandardCharsets.UTF_8));
        var config = new Descriptor(MediaType.OCI_CONFIG, digest, 1, Optional.empty(), Map.of());
        return new Image(
                digest,
                digest,
                List.of(),
                List.of(),
                new Manifest(MediaType.OCI_MANIFEST, config, List.of(), Map.of()),
                new ImageConfig(
                        Platform.host(),
                        Optional.empty(),
                        Optional.empty(),
                        ContainerConfig.EMPTY,
                        List.of(),
                        List.of()),
                List.of(path),
                0);
    }
}

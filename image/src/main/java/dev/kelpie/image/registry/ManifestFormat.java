package dev.kelpie.image.registry;

import dev.kelpie.image.spec.MediaType;
import java.util.Arrays;
import java.util.Optional;

/// The two forms of manifests, by Podman's words for them.
public enum ManifestFormat {
    OCI("oci"),
    V2S2("v2s2");

    private final String word;

    ManifestFormat(String word) {
        this.word = word;
    }

    public static Optional<ManifestFormat> parse(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word.equals(word) || (each == V2S2 && word.equals("docker")))
                .findFirst();
    }

    static ManifestFormat of(MediaType manifest) {
        return manifest.equals(MediaType.DOCKER_MANIFEST) ? V2S2 : OCI;
    }

    MediaType manifest() {
        return this == OCI ? MediaType.OCI_MANIFEST : MediaType.DOCKER_MANIFEST;
    }

    MediaType config() {
        return this == OCI ? MediaType.OCI_CONFIG : MediaType.DOCKER_CONFIG;
    }

    /// The type of a layer that is compressed so.
    MediaType layer(Compression compression) {
        return switch (compression) {
            case NONE -> this == OCI ? MediaType.OCI_LAYER : MediaType.DOCKER_LAYER;
            case GZIP -> this == OCI ? MediaType.OCI_LAYER_GZIP : MediaType.DOCKER_LAYER_GZIP;
            case ZSTD -> MediaType.OCI_LAYER_ZSTD;
        };
    }

    @Override
    public String toString() {
        return word;
    }
}

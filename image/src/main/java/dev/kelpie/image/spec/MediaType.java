package dev.kelpie.image.spec;

/// What a blob is, by the name its descriptor gives it; the names of the OCI image specification
/// (media-types.md) and those of Docker's image manifest version 2, schema 2.
public record MediaType(String value) {

    public static final MediaType OCI_MANIFEST = oci("manifest.v1+json");
    public static final MediaType OCI_INDEX = oci("index.v1+json");
    public static final MediaType OCI_CONFIG = oci("config.v1+json");
    public static final MediaType OCI_LAYER = oci("layer.v1.tar");
    public static final MediaType OCI_LAYER_GZIP = oci("layer.v1.tar+gzip");
    public static final MediaType OCI_LAYER_ZSTD = oci("layer.v1.tar+zstd");
    public static final MediaType DOCKER_MANIFEST = docker("distribution.manifest.v2+json");
    public static final MediaType DOCKER_MANIFEST_LIST =
            docker("distribution.manifest.list.v2+json");
    public static final MediaType DOCKER_CONFIG = docker("container.image.v1+json");
    public static final MediaType DOCKER_LAYER = docker("image.rootfs.diff.tar");
    public static final MediaType DOCKER_LAYER_GZIP = docker("image.rootfs.diff.tar.gzip");

    public MediaType {
        if (value.length() > 255) {
            throw new IllegalArgumentException(
                    "media type is too long: '" + value.substring(0, 40) + "…'");
        }
    }

    /// One platform's image.
    public boolean isManifest() {
        return equals(OCI_MANIFEST) || equals(DOCKER_MANIFEST);
    }

    /// A list of images, one per platform.
    public boolean isIndex() {
        return equals(OCI_INDEX) || equals(DOCKER_MANIFEST_LIST);
    }

    /// A layer's tar stream, whatever its compression; artifacts that are no images have other
    /// types.
    public boolean isLayer() {
        return value.startsWith("application/vnd.oci.image.layer.")
                || value.startsWith("application/vnd.docker.image.rootfs.");
    }

    @Override
    public String toString() {
        return value;
    }

    private static MediaType oci(String rest) {
        return new MediaType("application/vnd.oci.image." + rest);
    }

    private static MediaType docker(String rest) {
        return new MediaType("application/vnd.docker." + rest);
    }
}

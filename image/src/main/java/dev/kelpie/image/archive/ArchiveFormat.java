package dev.kelpie.image.archive;

import java.util.Arrays;
import java.util.Optional;

/// What `save` makes, by the words of its `--format`.
public enum ArchiveFormat {
    /// What `docker save` makes: several images in one tar, layers without compression.
    DOCKER_ARCHIVE("docker-archive"),
    /// An image layout in a tar (image-spec, image-layout.md).
    OCI_ARCHIVE("oci-archive"),
    /// An image layout as a folder.
    OCI_DIR("oci-dir"),
    /// A folder with one image's manifest and blobs, `dir:` of containers-transports(5).
    DOCKER_DIR("docker-dir");

    private final String word;

    ArchiveFormat(String word) {
        this.word = word;
    }

    public static Optional<ArchiveFormat> parse(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }

    public boolean isDirectory() {
        return this == OCI_DIR || this == DOCKER_DIR;
    }

    @Override
    public String toString() {
        return word;
    }
}

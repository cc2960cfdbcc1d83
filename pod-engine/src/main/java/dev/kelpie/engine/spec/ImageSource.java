package dev.kelpie.engine.spec;

import java.util.Objects;

/// Where a container's root filesystem comes from: an image reference as the user wrote it, and
/// when to ask the registry for it.
///
/// @param content what the reference names
public record ImageSource(String reference, PullPolicy pullPolicy, Content content) {
    /// An image.
    public ImageSource(String reference, PullPolicy pullPolicy) {
        this(reference, pullPolicy, Content.IMAGE);
    }

    /// What a root filesystem is made of.
    public enum Content {
        /// An image of the store or a registry.
        IMAGE,
        /// A folder of the host's, which the container writes to (`--rootfs`).
        FOLDER,
        /// A folder of the host's, which stays as it is.
        FOLDER_BELOW
    }

    /// Whether it is an image.
    public boolean fromImage() {
        return content == Content.IMAGE;
    }

    public ImageSource {
        if (reference.isBlank()) {
            throw new IllegalArgumentException("an image reference must not be empty");
        }
        content = Objects.requireNonNullElse(content, Content.IMAGE);
    }
}

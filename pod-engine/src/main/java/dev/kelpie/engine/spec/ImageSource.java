package dev.kelpie.engine.spec;

/// Where a container's root filesystem comes from: an image reference as the user wrote it, and
/// when to ask the registry for it.
public record ImageSource(String reference, PullPolicy pullPolicy) {
    public ImageSource {
        if (reference.isBlank()) {
            throw new IllegalArgumentException("an image reference must not be empty");
        }
    }
}

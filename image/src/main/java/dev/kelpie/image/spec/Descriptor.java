package dev.kelpie.image.spec;

import java.util.Map;
import java.util.Optional;

/// Points at content: what it is, its digest, its size in bytes (image-spec, descriptor.md).
public record Descriptor(
        MediaType mediaType,
        Digest digest,
        long size,
        Optional<Platform> platform,
        Map<String, String> annotations) {

    public Descriptor {
        if (size < 0) {
            throw new IllegalArgumentException("size of " + digest + " is negative: " + size);
        }
        annotations = Map.copyOf(annotations);
    }

    public static Descriptor of(MediaType mediaType, Digest digest, long size) {
        return new Descriptor(mediaType, digest, size, Optional.empty(), Map.of());
    }

    public Descriptor withType(MediaType other) {
        return new Descriptor(other, digest, size, platform, annotations);
    }

    public Descriptor withPlatform(Platform machine) {
        return new Descriptor(mediaType, digest, size, Optional.of(machine), annotations);
    }

    public Descriptor withAnnotations(Map<String, String> replacement) {
        return new Descriptor(mediaType, digest, size, platform, replacement);
    }
}

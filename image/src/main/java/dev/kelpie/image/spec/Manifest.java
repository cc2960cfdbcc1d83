package dev.kelpie.image.spec;

import java.util.List;
import java.util.Map;

/// One platform's image: its configuration and its layers, lowest first (image-spec, manifest.md).
public record Manifest(
        MediaType mediaType,
        Descriptor config,
        List<Descriptor> layers,
        Map<String, String> annotations) {

    public Manifest {
        layers = List.copyOf(layers);
        annotations = Map.copyOf(annotations);
    }
}

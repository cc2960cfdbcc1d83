package dev.kelpie.engine.spec;

import java.util.Map;

/// What an object is called and tagged with (Kubernetes `ObjectMeta`). The namespace is a scope for
/// names, nothing more.
public record Metadata(
        String namespace,
        String name,
        Map<String, String> labels,
        Map<String, String> annotations) {

    /// The namespace of everything that names none.
    public static final String DEFAULT_NAMESPACE = "default";

    public Metadata {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a name must not be empty");
        }
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /// The same under another name.
    public Metadata named(String other) {
        return new Metadata(namespace, other, labels, annotations);
    }

    public static Metadata of(String name) {
        return new Metadata(DEFAULT_NAMESPACE, name, Map.of(), Map.of());
    }
}

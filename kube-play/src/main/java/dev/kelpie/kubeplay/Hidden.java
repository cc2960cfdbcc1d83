package dev.kelpie.kubeplay;

import dev.kelpie.kubeplay.yaml.Mapping;
import dev.kelpie.kubeplay.yaml.Node;
import java.util.LinkedHashMap;
import java.util.Set;

/// A Secret with its values taken out, for everything that may end up in a message: places, names
/// and types stay.
final class Hidden {

    private static final String TEXT = "(hidden)";
    private static final Set<String> FIELDS = Set.of("data", "stringData");

    private Hidden() {}

    static Mapping of(Mapping secret) {
        var entries = new LinkedHashMap<String, Mapping.Entry>();
        for (var entry : secret.entries().values()) {
            var value =
                    switch (entry.key()) {
                        case "apiVersion", "kind", "type" -> entry.value();
                        case "metadata" -> metadata(entry.value());
                        default ->
                                FIELDS.contains(entry.key()) ? all(entry.value()) : entry.value();
                    };
            entries.put(entry.key(), new Mapping.Entry(entry.key(), entry.keyPlace(), value));
        }
        return new Mapping(secret.place(), secret.path(), entries);
    }

    /// Among the annotations `kubectl apply` keeps the whole object.
    private static Node metadata(Node node) {
        if (!(node instanceof Mapping metadata) || !metadata.has("annotations")) {
            return node;
        }
        var entries = new LinkedHashMap<>(metadata.entries());
        entries.computeIfPresent(
                "annotations",
                (key, entry) -> new Mapping.Entry(key, entry.keyPlace(), all(entry.value())));
        return new Mapping(metadata.place(), metadata.path(), entries);
    }

    private static Node all(Node node) {
        return switch (node) {
            case Node.Scalar scalar ->
                    scalar.absent()
                            ? scalar
                            : new Node.Scalar(scalar.place(), scalar.path(), TEXT, scalar.kind());
            case Node.Sequence list ->
                    new Node.Sequence(
                            list.place(),
                            list.path(),
                            list.items().stream().map(Hidden::all).toList());
            case Mapping mapping -> {
                var entries = new LinkedHashMap<String, Mapping.Entry>();
                mapping.entries()
                        .forEach((key, entry) ->
                                entries.put(
                                        key,
                                        new Mapping.Entry(
                                                key, entry.keyPlace(), all(entry.value()))));
                yield new Mapping(mapping.place(), mapping.path(), entries);
            }
        };
    }
}

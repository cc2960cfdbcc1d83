package dev.kelpie.kubeplay.yaml;

import dev.kelpie.kubeplay.report.FieldPath;
import dev.kelpie.kubeplay.report.Place;
import java.util.List;

/// A piece of a YAML document.
public sealed interface Node permits Mapping, Node.Sequence, Node.Scalar {

    Place place();

    FieldPath path();

    /// Nothing there: the key was written without a value, or with `null`.
    default boolean absent() {
        return this instanceof Scalar scalar && scalar.kind() == ScalarKind.NULL;
    }

    /// Absent, or a collection without content: as good as not written.
    default boolean empty() {
        return switch (this) {
            case Mapping mapping -> mapping.entries().isEmpty();
            case Sequence sequence -> sequence.items().isEmpty();
            case Scalar _ -> absent();
        };
    }

    /// A list.
    record Sequence(Place place, FieldPath path, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// A single value: its text without quotes, and what an unquoted text stands for.
    record Scalar(Place place, FieldPath path, String text, ScalarKind kind) implements Node {}
}

package dev.kelpie.kubeplay.yaml;

import dev.kelpie.kubeplay.report.FieldPath;
import dev.kelpie.kubeplay.report.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/// An object of a document. Its typed accessors take what is absent or of another type as not
/// written: telling the user about wrong types is the work of the schema check.
public record Mapping(Place place, FieldPath path, SequencedMap<String, Entry> entries)
        implements Node {

    /// A key with its place, and its value.
    public record Entry(String key, Place keyPlace, Node value) {}

    public Mapping {
        entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }

    /// The value of a key, unless absent.
    public Optional<Node> get(String key) {
        var entry = entries.get(key);
        return entry == null || entry.value().absent()
                ? Optional.empty()
                : Optional.of(entry.value());
    }

    public boolean has(String key) {
        return get(key).isPresent();
    }

    public Optional<Node.Scalar> scalar(String key) {
        return get(key).filter(Node.Scalar.class::isInstance).map(Node.Scalar.class::cast);
    }

    public Optional<String> text(String key) {
        return scalar(key).map(Node.Scalar::text);
    }

    /// A text that is not empty.
    public Optional<String> word(String key) {
        return text(key).filter(text -> !text.isEmpty());
    }

    public OptionalLong number(String key) {
        var scalar = scalar(key);
        return scalar.isPresent() ? ScalarKind.integer(scalar.get()) : OptionalLong.empty();
    }

    public boolean flag(String key) {
        return scalar(key).flatMap(ScalarKind::bool).orElse(false);
    }

    /// The object under a key; one without content where there is none.
    public Mapping mapping(String key) {
        return get(key).filter(Mapping.class::isInstance)
                .map(Mapping.class::cast)
                .orElseGet(() -> new Mapping(place, path.field(key), new LinkedHashMap<>()));
    }

    /// The objects of a list.
    public List<Mapping> mappings(String key) {
        return items(key).stream()
                .filter(Mapping.class::isInstance)
                .map(Mapping.class::cast)
                .toList();
    }

    /// The texts of a list.
    public List<Node.Scalar> scalars(String key) {
        return items(key).stream()
                .filter(Node.Scalar.class::isInstance)
                .map(Node.Scalar.class::cast)
                .toList();
    }

    public List<String> texts(String key) {
        return scalars(key).stream().map(Node.Scalar::text).toList();
    }

    public List<Node> items(String key) {
        return get(key).orElse(this) instanceof Node.Sequence sequence
                ? sequence.items()
                : List.of();
    }

    /// The texts of a map, such as labels, in file order.
    public Map<String, String> textMap(String key) {
        var texts = new LinkedHashMap<String, String>();
        for (var entry : mapping(key).entries().values()) {
            if (entry.value() instanceof Node.Scalar scalar) {
                texts.put(entry.key(), scalar.absent() ? "" : scalar.text());
            }
        }
        return texts;
    }

    /// Where to point when speaking of a key: at it, or at the object that lacks it.
    public Place placeOf(String key) {
        var entry = entries.get(key);
        return entry == null ? place : entry.keyPlace();
    }
}

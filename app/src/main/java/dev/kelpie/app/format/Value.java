package dev.kelpie.app.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// What a template may do with a value: look at its fields, walk it, ask whether it is empty.
final class Value {
    static final JsonNode NONE = MissingNode.getInstance();

    /// The member of a row that holds the labels for `.Label "key"`, beside the printed `Labels`.
    static final String LABELS = "@labels";

    /// Fields whose value is a map in Go: absent keys have no value, and print as `map[k:v]`.
    private static final Set<String> MAPS =
            Set.of(
                    "Labels",
                    "Annotations",
                    "Ports",
                    "PortBindings",
                    "ExposedPorts",
                    "Networks",
                    "Options",
                    "Sysctls",
                    "Tmpfs",
                    "Data",
                    "Volumes",
                    "labels",
                    "options",
                    "ipam_options",
                    "IPAMOptions",
                    "registries",
                    LABELS);

    /// Names that Go templates know a field by, when neither letter case nor `_` tells.
    private static final Map<String, String> OTHER_NAMES =
            Map.of(
                    "imageid", "image",
                    "src", "source",
                    "dst", "destination",
                    "healthcheck", "health",
                    "cgroupsversion", "cgroupversion");

    private Value() {}

    static JsonNode text(String text) {
        return TextNode.valueOf(text);
    }

    static boolean isTrue(JsonNode value) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> value.booleanValue();
            case NUMBER -> value.doubleValue() != 0;
            case STRING -> !value.textValue().isEmpty();
            case ARRAY, OBJECT -> !value.isEmpty();
            case BINARY, MISSING, NULL, POJO -> false;
        };
    }

    /// A field of a thing or a key of a map.
    static JsonNode field(JsonNode of, String name) {
        if (of.isMissingNode() || of.isNull()) {
            throw new FormatException("cannot look up field '" + name + "' of nothing");
        }
        if (!(of instanceof ObjectNode object)) {
            throw new FormatException("cannot look up field '" + name + "' of " + kind(of));
        }
        var exact = object.get(name);
        if (exact != null) {
            return exact;
        }
        var found = byLooseName(object, loose(name));
        if (found.isPresent()) {
            return found.get();
        }
        var other = Optional.ofNullable(OTHER_NAMES.get(loose(name)));
        found = other.flatMap(known -> byLooseName(object, known));
        if (found.isPresent()) {
            return found.get();
        }
        if (looksLikeMap(object)) {
            return NONE;
        }
        throw new FormatException(
                "cannot find field '" + name + "', the fields are " + fieldNames(object));
    }

    private static Optional<JsonNode> byLooseName(ObjectNode object, String loose) {
        for (var entry : object.properties()) {
            if (loose(entry.getKey()).equals(loose)) {
                return Optional.of(entry.getValue());
            }
        }
        return Optional.empty();
    }

    private static String loose(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static String fieldNames(ObjectNode object) {
        return object.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !key.startsWith("@"))
                .collect(Collectors.joining(", "));
    }

    /// The value as a map, if the field's name or its keys say that it is one.
    static boolean isMap(String name, JsonNode value) {
        return value instanceof ObjectNode object && (MAPS.contains(name) || looksLikeMap(object));
    }

    private static boolean looksLikeMap(ObjectNode object) {
        var keys = object.properties().stream().map(Map.Entry::getKey).toList();
        return keys.isEmpty() || keys.stream().anyMatch(key -> !key.matches("@?[A-Za-z0-9_]+"));
    }

    /// What `range` walks: index or key, and element.
    static List<Map.Entry<JsonNode, JsonNode>> entries(JsonNode value) {
        var entries = new ArrayList<Map.Entry<JsonNode, JsonNode>>();
        switch (value.getNodeType()) {
            case ARRAY -> {
                for (int i = 0; i < value.size(); i++) {
                    entries.add(Map.entry(IntNode.valueOf(i), value.get(i)));
                }
            }
            case OBJECT ->
                    sorted((ObjectNode) value)
                            .forEach((key, each) -> entries.add(Map.entry(text(key), each)));
            case NUMBER -> {
                for (int i = 0; i < Math.min(value.intValue(), 100_000); i++) {
                    entries.add(Map.entry(IntNode.valueOf(i), IntNode.valueOf(i)));
                }
            }
            case MISSING, NULL -> {}
            default -> throw new FormatException("cannot range over " + kind(value));
        }
        return entries;
    }

    /// An object's members by key, as Go walks and prints maps.
    static Map<String, JsonNode> sorted(ObjectNode object) {
        var sorted = new TreeMap<String, JsonNode>();
        object.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "the text '" + value.textValue() + "'";
            case NUMBER -> "the number " + value.asText();
            case BOOLEAN -> "a truth value";
            case ARRAY -> "a list";
            case OBJECT, POJO -> "an object";
            case MISSING, NULL, BINARY -> "nothing";
        };
    }
}

package dev.kelpie.app.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.Collectors;

/// Values as Go's `%v` prints them.
final class Printed {
    private Printed() {}

    static String plain(JsonNode value) {
        return named("", value);
    }

    /// The value of a field, whose name may tell that it is a map.
    static String named(String name, JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> value.textValue();
            case NUMBER, BOOLEAN, BINARY, POJO -> value.asText();
            case MISSING -> "<no value>";
            case NULL -> "<nil>";
            case ARRAY ->
                    Value.elements(value).stream()
                            .map(element -> inside(name, element))
                            .collect(Collectors.joining(" ", "[", "]"));
            case OBJECT -> object(name, (ObjectNode) value);
        };
    }

    private static String object(String name, ObjectNode object) {
        if (Value.isMap(name, object)) {
            return Value.sorted(object).entrySet().stream()
                    .map(entry -> entry.getKey() + ":" + inside("", entry.getValue()))
                    .collect(Collectors.joining(" ", "map[", "]"));
        }
        return object.properties().stream()
                .filter(entry -> !entry.getKey().startsWith("@"))
                .map(Printed::member)
                .collect(Collectors.joining(" ", "{", "}"));
    }

    private static String member(Map.Entry<String, JsonNode> entry) {
        return inside(entry.getKey(), entry.getValue());
    }

    /// Inside of another value an absent list or map prints as empty.
    private static String inside(String name, JsonNode value) {
        return value.isNull() ? "[]" : named(name, value);
    }
}

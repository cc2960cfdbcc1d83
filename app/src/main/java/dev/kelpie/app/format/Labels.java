package dev.kelpie.app.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.Collectors;

/// Labels in the row of a table: as the text that is printed, and as what `.Label "key"` looks in.
public final class Labels {
    private Labels() {}

    public static void put(ObjectNode row, Map<String, String> labels) {
        row.put(
                "Labels",
                labels.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .sorted()
                        .collect(Collectors.joining(",")));
        labels.forEach(row.putObject(Value.LABELS)::put);
    }
}

package dev.kelpie.app.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.format.JsonText;
import dev.kelpie.app.format.Template;
import dev.kelpie.app.format.TextTable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Prints rows as a table, by a `--format` template, or as JSON.
///
/// @param format as typed; empty for the command's own table
/// @param heading whether tables have a line of headings
/// @param jsonIndent blanks a level of JSON
public record Listing(Optional<String> format, boolean heading, int jsonIndent) {
    private static final String TABLE = "table";

    /// Podman prints two blanks a level in most listings.
    public static Listing of(Optional<String> format, boolean heading) {
        return new Listing(format, heading, 2);
    }

    /// Prints rows; `json` gives what `--format json` prints.
    ///
    /// @param columns of the command's own table; their headings serve `table` templates too
    public void print(
            Call call,
            List<Column> columns,
            List<ObjectNode> rows,
            Supplier<? extends JsonNode> json) {
        var typed = format.orElse(TABLE).strip();
        if (typed.equals("json")) {
            call.line(JsonText.pretty(json.get(), jsonIndent));
        } else if (typed.equals(TABLE)) {
            call.print(ownTable(call, columns, rows));
        } else if (typed.startsWith(TABLE)) {
            call.print(typedTable(call, columns, rows, typed.substring(TABLE.length()).strip()));
        } else {
            call.print(rendered(rows, format.orElse(typed)));
        }
    }

    private String ownTable(Call call, List<Column> columns, List<ObjectNode> rows) {
        var table = TextTable.podman();
        if (heading) {
            table.row(columns.stream().map(Column::heading).toList());
        }
        for (var row : rows) {
            table.row(columns.stream().map(column -> row.path(column.field()).asText()).toList());
        }
        return text(call, table);
    }

    private String typedTable(
            Call call, List<Column> columns, List<ObjectNode> rows, String typed) {
        var template = Template.parse(typed.replaceAll("(}})[ ]+(\\{\\{)", "$1\t$2"));
        var table = TextTable.podman();
        if (heading) {
            table.row(cells(template.render(headings(columns, rows))));
        }
        rows.forEach(row -> table.row(cells(template.render(row))));
        return text(call, table);
    }

    private String text(Call call, TextTable table) {
        return table.text(call.width(), heading && call.stdoutIsTerminal());
    }

    private static List<String> cells(String line) {
        return Arrays.asList(line.split("\t", -1));
    }

    /// A row that has its fields' headings for values.
    private static ObjectNode headings(List<Column> columns, List<ObjectNode> rows) {
        var headings = JsonNodeFactory.instance.objectNode();
        if (!rows.isEmpty()) {
            rows.getFirst()
                    .properties()
                    .forEach(field ->
                            headings.put(field.getKey(), Column.headingOf(field.getKey())));
        }
        columns.forEach(column -> headings.put(column.field(), column.heading()));
        return headings;
    }

    private static String rendered(List<ObjectNode> rows, String typed) {
        var template = Template.parse(typed);
        if (template.ranges()) {
            return ended(template.render(array(rows)));
        }
        var out = new StringBuilder();
        rows.forEach(row -> out.append(ended(template.render(row))));
        return out.toString();
    }

    /// The rows as one JSON array.
    public static ArrayNode array(List<? extends JsonNode> rows) {
        var array = JsonNodeFactory.instance.arrayNode();
        rows.forEach(array::add);
        return array;
    }

    private static String ended(String text) {
        return text.endsWith("\n") || text.isEmpty() ? text : text + "\n";
    }
}

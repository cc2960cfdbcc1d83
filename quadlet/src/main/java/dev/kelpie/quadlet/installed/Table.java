package dev.kelpie.quadlet.installed;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Prints rows as a table, as JSON or by a template of fields.
public final class Table {
    private static final Pattern FIELD = Pattern.compile("\\{\\{\\s*\\.(\\w+)\\s*}}");
    private static final String[] HEADS = {
        "NAME", "UNIT NAME", "PATH ON DISK", "STATUS", "APPLICATION", "POD"
    };

    private Table() {}

    public static String json(List<Row> rows) {
        return rows.isEmpty()
                ? "[]\n"
                : "[\n" + String.join(",\n", rows.stream().map(Row::json).toList()) + "\n]\n";
    }

    /// Fields as `{{.Name}}`; a template that begins with `table` is only its fields.
    public static String template(List<Row> rows, String template) {
        var text = new StringBuilder();
        var line = template.startsWith("table ") ? template.substring("table ".length()) : template;
        for (var row : rows) {
            text.append(
                            FIELD.matcher(line.replace("\\t", "\t").replace("\\n", "\n"))
                                    .replaceAll(match ->
                                            Matcher.quoteReplacement(row.field(match.group(1)))))
                    .append('\n');
        }
        return text.toString();
    }

    public static String text(List<Row> rows, boolean heading) {
        var cells = new ArrayList<String[]>();
        if (heading) {
            cells.add(HEADS);
        }
        for (var row : rows) {
            cells.add(
                    new String[] {
                        row.name(), row.unitName(), row.path(), row.status(), row.app(), row.pod()
                    });
        }
        var widths = new int[HEADS.length];
        for (var line : cells) {
            for (int i = 0; i < line.length; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        }
        var text = new StringBuilder();
        for (var line : cells) {
            var out = new StringBuilder();
            for (int i = 0; i < line.length; i++) {
                out.append(line[i]).append(" ".repeat(widths[i] - line[i].length() + 2));
            }
            text.append(out.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}

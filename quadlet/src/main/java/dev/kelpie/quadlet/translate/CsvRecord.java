package dev.kelpie.quadlet.translate;

import java.util.ArrayList;
import java.util.List;

/// One record of comma-separated fields (RFC 4180), the form of `--mount`.
final class CsvRecord {
    private CsvRecord() {}

    /// @throws IllegalArgumentException when this is no record, with what is wrong
    static List<String> parse(String text) {
        var fields = new ArrayList<String>();
        int at = 0;
        while (at <= text.length()) {
            var field = new StringBuilder();
            at =
                    at < text.length() && text.charAt(at) == '"'
                            ? quoted(text, at, field)
                            : bare(text, at, field);
            fields.add(field.toString());
            at++;
        }
        return fields;
    }

    static String write(List<String> fields) {
        var text = new StringBuilder();
        for (var field : fields) {
            if (!text.isEmpty()) {
                text.append(',');
            }
            text.append(needsQuotes(field) ? '"' + field.replace("\"", "\"\"") + '"' : field);
        }
        return text.toString();
    }

    private static boolean needsQuotes(String field) {
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r') {
                return true;
            }
        }
        return field.startsWith(" ");
    }

    private static int bare(String text, int from, StringBuilder field) {
        int at = from;
        for (; at < text.length() && text.charAt(at) != ','; at++) {
            char c = text.charAt(at);
            if (c == '"') {
                throw new IllegalArgumentException(
                        "incorrect mount format: bare \" in non-quoted field: " + text);
            }
            if (c == '\n') {
                throw new IllegalArgumentException(
                        "incorrect mount format: should be a single line: " + text);
            }
            field.append(c);
        }
        return at;
    }

    private static int quoted(String text, int from, StringBuilder field) {
        for (int at = from + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != '"') {
                field.append(c);
            } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                field.append('"');
                at++;
            } else if (at + 1 < text.length() && text.charAt(at + 1) != ',') {
                break;
            } else {
                return at + 1;
            }
        }
        throw new IllegalArgumentException(
                "incorrect mount format: extraneous or missing \" in quoted field: " + text);
    }
}

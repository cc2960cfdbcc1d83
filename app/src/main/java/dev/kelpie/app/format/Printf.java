package dev.kelpie.app.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Go's `printf` with the verbs that templates use: `%s %v %q %d %x %f %t %%`, with `-`, `0`, width
/// and precision.
final class Printf {
    private static final Pattern VERB =
            Pattern.compile("%([-+0 #]*)(\\d{0,4})(?:\\.(\\d{0,4}))?(.)");

    private Printf() {}

    /// `args` starts with the format itself.
    static String format(String format, List<JsonNode> args) {
        var out = new StringBuilder();
        var verb = VERB.matcher(format);
        int next = 1;
        while (verb.find()) {
            if (verb.group(4).equals("%")) {
                verb.appendReplacement(out, "%");
                continue;
            }
            var piece = next < args.size() ? piece(verb, args.get(next)) : missing(verb);
            verb.appendReplacement(out, Matcher.quoteReplacement(piece));
            next++;
        }
        verb.appendTail(out);
        return out.toString();
    }

    private static String missing(Matcher verb) {
        return "%!" + verb.group(4) + "(MISSING)";
    }

    private static String piece(Matcher verb, JsonNode value) {
        int width = verb.group(2).isEmpty() ? 0 : Integer.parseInt(verb.group(2));
        var text = text(verb, value);
        var blanks = " ".repeat(Math.max(0, width - text.length()));
        if (verb.group(1).contains("-")) {
            return text + blanks;
        }
        return verb.group(1).contains("0") && value.isNumber()
                ? "0".repeat(blanks.length()) + text
                : blanks + text;
    }

    private static String text(Matcher verb, JsonNode value) {
        var precision = verb.group(3);
        return switch (verb.group(4)) {
            case "s", "v" -> shortened(Printed.plain(value), precision);
            case "q" ->
                    '"' + Printed.plain(value).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            case "d" -> value.isIntegralNumber() ? value.asText() : wrong(verb, value);
            case "x" ->
                    value.isIntegralNumber()
                            ? Long.toHexString(value.asLong())
                            : wrong(verb, value);
            case "t" -> value.isBoolean() ? value.asText() : wrong(verb, value);
            case "f" -> decimal(value.asDouble(), precision);
            default -> wrong(verb, value);
        };
    }

    private static String shortened(String text, String precision) {
        return precision == null
                        || precision.isEmpty()
                        || Integer.parseInt(precision) >= text.length()
                ? text
                : text.substring(0, Integer.parseInt(precision));
    }

    private static String decimal(double value, String precision) {
        int digits = precision == null || precision.isEmpty() ? 6 : Integer.parseInt(precision);
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static String wrong(Matcher verb, JsonNode value) {
        return "%!" + verb.group(4) + "(" + Printed.plain(value) + ")";
    }
}

package dev.kelpie.app.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Iterator;
import java.util.Map;

/// JSON in the layout of Go's encoder, which scripts compare with: `"key": value`, one member or
/// element a line.
public final class JsonText {
    private final StringBuilder out = new StringBuilder();
    private final String indent;

    private JsonText(int indent) {
        this.indent = " ".repeat(indent);
    }

    /// The value's text, indented by so many blanks a level, without a new line at its end.
    public static String pretty(JsonNode value, int indent) {
        var text = new JsonText(indent);
        text.value(value, 1);
        return text.out.toString();
    }

    private void value(JsonNode value, int level) {
        if (value.isObject() && !value.isEmpty()) {
            object(value.properties().iterator(), level);
        } else if (value.isArray() && !value.isEmpty()) {
            array(value.iterator(), level);
        } else {
            out.append(value);
        }
    }

    private void object(Iterator<Map.Entry<String, JsonNode>> members, int level) {
        out.append('{');
        while (members.hasNext()) {
            var member = members.next();
            line(level).append(TextNode.valueOf(member.getKey())).append(": ");
            value(member.getValue(), level + 1);
            out.append(members.hasNext() ? "," : "");
        }
        line(level - 1).append('}');
    }

    private void array(Iterator<JsonNode> elements, int level) {
        out.append('[');
        while (elements.hasNext()) {
            line(level);
            value(elements.next(), level + 1);
            out.append(elements.hasNext() ? "," : "");
        }
        line(level - 1).append(']');
    }

    private StringBuilder line(int level) {
        return out.append('\n').append(indent.repeat(level));
    }
}

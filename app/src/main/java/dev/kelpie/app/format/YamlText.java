package dev.kelpie.app.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/// A tree of ours as YAML in block style, the way `info` shows it.
public final class YamlText {
    private YamlText() {}

    public static String of(JsonNode tree) {
        var out = new StringBuilder();
        block(tree, 0, out);
        return out.toString();
    }

    private static void block(JsonNode node, int level, StringBuilder out) {
        if (node instanceof ObjectNode object) {
            object.properties()
                    .forEach(member -> {
                        out.repeat(' ', level * 2).append(member.getKey()).append(':');
                        value(member.getValue(), level + 1, out);
                    });
            return;
        }
        for (var element : node) {
            out.repeat(' ', level * 2).append('-');
            value(element, level + 1, out);
        }
    }

    private static void value(JsonNode value, int level, StringBuilder out) {
        if (!value.isContainerNode()) {
            out.append(' ').append(scalar(value)).append('\n');
        } else if (value.isEmpty()) {
            out.append(value.isArray() ? " []\n" : " {}\n");
        } else {
            out.append('\n');
            block(value, level, out);
        }
    }

    private static String scalar(JsonNode value) {
        if (!value.isTextual()) {
            return value.asText();
        }
        var text = value.textValue();
        boolean plain =
                text.matches("[A-Za-z/][A-Za-z0-9_./ +-]*")
                        && !text.matches("(?i)true|false|null|yes|no|on|off")
                        && !text.endsWith(" ");
        return plain ? text : TextNode.valueOf(text).toString();
    }
}

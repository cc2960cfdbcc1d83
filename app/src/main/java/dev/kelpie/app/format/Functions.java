package dev.kelpie.app.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The functions of templates: Go's own, and the ones Podman adds.
final class Functions {
    private static final int MAX_PAD = 10_000;

    private Functions() {}

    static JsonNode call(String name, List<JsonNode> args) {
        return switch (name) {
            case "json" ->
                    Value.text(one(name, args).isMissingNode() ? "null" : args.get(0).toString());
            case "lower" -> Value.text(textOf(one(name, args)).toLowerCase(Locale.ROOT));
            case "upper" -> Value.text(textOf(one(name, args)).toUpperCase(Locale.ROOT));
            case "title" -> Value.text(title(textOf(one(name, args))));
            case "join" -> join(atLeast(2, name, args));
            case "split" -> split(atLeast(2, name, args));
            case "pad" -> pad(atLeast(3, name, args));
            case "truncate" -> truncate(atLeast(2, name, args));
            case "table" -> Value.text(textOf(one(name, args)));
            case "len" -> length(one(name, args));
            case "index" -> index(atLeast(1, name, args));
            case "slice" -> slice(atLeast(1, name, args));
            case "not" -> BooleanNode.valueOf(!Value.isTrue(one(name, args)));
            case "eq" -> BooleanNode.valueOf(equalsAny(atLeast(2, name, args)));
            case "ne" -> BooleanNode.valueOf(!same(atLeast(2, name, args).get(0), args.get(1)));
            case "lt" -> BooleanNode.valueOf(compared(name, args) < 0);
            case "le" -> BooleanNode.valueOf(compared(name, args) <= 0);
            case "gt" -> BooleanNode.valueOf(compared(name, args) > 0);
            case "ge" -> BooleanNode.valueOf(compared(name, args) >= 0);
            case "print" -> Value.text(joined(args, ""));
            case "println" -> Value.text(joined(args, " ") + "\n");
            case "printf" -> Value.text(Printf.format(textOf(atLeast(1, name, args).get(0)), args));
            default -> throw new FormatException("function '" + name + "' is not defined");
        };
    }

    static String textOf(JsonNode value) {
        return Printed.plain(value);
    }

    private static JsonNode one(String name, List<JsonNode> args) {
        if (args.size() != 1) {
            throw new FormatException(
                    "wrong number of arguments for " + name + ": want 1, got " + args.size());
        }
        return args.get(0);
    }

    private static List<JsonNode> atLeast(int count, String name, List<JsonNode> args) {
        if (args.size() < count) {
            throw new FormatException(
                    "wrong number of arguments for "
                            + name
                            + ": want at least "
                            + count
                            + ", got "
                            + args.size());
        }
        return args;
    }

    private static String joined(List<JsonNode> args, String separator) {
        return args.stream().map(Printed::plain).collect(Collectors.joining(separator));
    }

    /// `join LIST SEPARATOR`.
    private static JsonNode join(List<JsonNode> args) {
        int list = args.get(0).isArray() ? 0 : 1;
        if (args.get(list).isTextual()) {
            return args.get(0);
        }
        return Value.text(joined(Value.elements(args.get(list)), textOf(args.get(1 - list))));
    }

    /// `split TEXT SEPARATOR`.
    private static JsonNode split(List<JsonNode> args) {
        var list = JsonNodeFactory.instance.arrayNode();
        var separator = Pattern.quote(textOf(args.get(1)));
        for (var part : textOf(args.get(0)).split(separator, -1)) {
            list.add(part);
        }
        return list;
    }

    /// `pad TEXT BEFORE AFTER`: nothing for no text.
    private static JsonNode pad(List<JsonNode> args) {
        var text = textOf(args.get(0));
        if (text.isEmpty()) {
            return Value.text("");
        }
        return Value.text(blanks(args.get(1)) + text + blanks(args.get(2)));
    }

    private static String blanks(JsonNode count) {
        return " ".repeat(Math.clamp(count.asInt(), 0, MAX_PAD));
    }

    /// `truncate TEXT LENGTH`.
    private static JsonNode truncate(List<JsonNode> args) {
        var text = textOf(args.get(0));
        int length = Math.max(0, args.get(1).asInt());
        return Value.text(text.length() <= length ? text : text.substring(0, length));
    }

    private static String title(String text) {
        var titled = new StringBuilder();
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            titled.append(Character.isWhitespace(before) ? Character.toUpperCase(c) : c);
            before = c;
        }
        return titled.toString();
    }

    private static JsonNode length(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> IntNode.valueOf(value.textValue().length());
            case ARRAY, OBJECT -> IntNode.valueOf(value.size());
            case NULL -> IntNode.valueOf(0);
            default -> throw new FormatException("len of " + Value.kind(value));
        };
    }

    private static JsonNode index(List<JsonNode> args) {
        var found = args.get(0);
        for (var key : args.subList(1, args.size())) {
            if (found.isObject()) {
                found = found.path(textOf(key));
            } else if (found.isArray()) {
                int at = key.asInt(-1);
                if (at < 0 || at >= found.size()) {
                    throw new FormatException("index out of range: " + textOf(key));
                }
                found = found.path(at);
            } else {
                throw new FormatException("cannot index " + Value.kind(found));
            }
        }
        return found;
    }

    private static JsonNode slice(List<JsonNode> args) {
        var value = args.get(0);
        var text = value.isTextual() ? value.textValue() : "";
        int length = value.isTextual() ? text.length() : value.size();
        int from = args.size() > 1 ? args.get(1).asInt() : 0;
        int to = args.size() > 2 ? args.get(2).asInt() : length;
        if (from < 0 || to < from || to > length) {
            throw new FormatException("slice out of range: " + from + ":" + to);
        }
        if (value.isTextual()) {
            return Value.text(text.substring(from, to));
        }
        var list = JsonNodeFactory.instance.arrayNode();
        Value.elements(value).subList(from, to).forEach(list::add);
        return list;
    }

    private static boolean equalsAny(List<JsonNode> args) {
        return args.stream().skip(1).anyMatch(other -> same(args.get(0), other));
    }

    private static boolean same(JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            return left.doubleValue() == right.doubleValue();
        }
        if (left.isNull() || right.isNull()) {
            return left.isNull() && right.isNull();
        }
        if (left.isMissingNode() || right.isMissingNode()) {
            return textOrEmpty(left).equals(textOrEmpty(right));
        }
        if (left.getNodeType() != right.getNodeType()) {
            throw new FormatException(
                    "incompatible types for comparison: "
                            + Value.kind(left)
                            + " and "
                            + Value.kind(right));
        }
        return Objects.equals(left, right);
    }

    /// A map of texts gives an empty one for a key that it lacks.
    private static String textOrEmpty(JsonNode value) {
        return value.isMissingNode() ? "" : textOf(value);
    }

    private static int compared(String name, List<JsonNode> args) {
        var left = atLeast(2, name, args).get(0);
        var right = args.get(1);
        if (left.isNumber() && right.isNumber()) {
            return Double.compare(left.doubleValue(), right.doubleValue());
        }
        if (left.isTextual() && right.isTextual()) {
            return left.textValue().compareTo(right.textValue());
        }
        throw new FormatException(
                "incompatible types for comparison: "
                        + Value.kind(left)
                        + " and "
                        + Value.kind(right));
    }
}

package dev.kelpie.kubegenerate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Writes objects of the model as YAML that a person would have written: names first, long things
/// last, scripts as blocks, file modes octal. Equal objects give the same bytes.
final class YamlText {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final List<String> FIRST =
            List.of(
                    ("apiVersion kind metadata name namespace labels annotations key image imagePullPolicy command args"
                                    + " workingDir env envFrom ports replicas schedule selector path type")
                            .split(" "));
    private static final List<String> LAST =
            List.of(
                    "initContainers",
                    "containers",
                    "volumes",
                    "template",
                    "jobTemplate",
                    "data",
                    "binaryData");

    /// Keys that are the user's, not Kubernetes'.
    private static final Set<String> OPEN =
            Set.of("labels", "annotations", "data", "binaryData", "matchLabels");

    private static final Set<String> MODES = Set.of("mode", "defaultMode");

    /// What some reader of YAML takes for a number, boolean or nothing.
    private static final Pattern AMBIGUOUS =
            Pattern.compile(
                    "[-+.]?[0-9][-+0-9_,.:eExXoa-fA-F]*|[-+]?\\.(inf|nan)|true|false|yes|no|on|off|y|n"
                            + "|null|~|=|<<|",
                    Pattern.CASE_INSENSITIVE);

    /// Of no text that anyone has.
    private static final String OCTAL = "octal-" + UUID.randomUUID() + "-";

    private static final Pattern DOTTED = Pattern.compile("\\d+(\\.\\d+){2,}");

    private YamlText() {}

    static String of(List<?> objects) {
        var texts = new ArrayList<String>();
        for (var object : objects) {
            texts.add(text(node("", JSON.convertValue(object, Object.class), false)));
        }
        return String.join("---\n", texts);
    }

    private static String text(Node node) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setSplitLines(false);
        options.setAllowUnicode(true);
        options.setWidth(Integer.MAX_VALUE);
        var out = new StringWriter();
        try {
            serialize(options, node, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString().replace(OCTAL, "");
    }

    private static void serialize(DumperOptions options, Node node, StringWriter out)
            throws IOException {
        new Yaml(options).serialize(node, out);
    }

    private static Node node(String key, Object value, boolean open) {
        return switch (value) {
            case Map<?, ?> map -> mapping(map, open);
            case List<?> list ->
                    new SequenceNode(
                            Tag.SEQ,
                            list.stream().map(item -> node("", item, false)).toList(),
                            FlowStyle.BLOCK);
            case String text -> string(text);
            case Boolean flag -> plain(Tag.BOOL, flag.toString());
            case Integer mode when MODES.contains(key) -> octal(mode);
            case Number number -> plain(Tag.INT, number.toString());
            default -> throw new IllegalStateException("no YAML for " + value.getClass());
        };
    }

    private static Node mapping(Map<?, ?> map, boolean open) {
        var keys = new ArrayList<String>();
        map.forEach((key, value) -> {
            if (value != null && key instanceof String name) {
                keys.add(name);
            }
        });
        if (!open) {
            keys.sort(Comparator.comparingInt(YamlText::rank).thenComparing(name -> name));
        }
        var tuples = new ArrayList<NodeTuple>();
        for (var key : keys) {
            var value = java.util.Objects.requireNonNull(map.get(key));
            tuples.add(
                    new NodeTuple(string(key), node(open ? "" : key, value, OPEN.contains(key))));
        }
        return new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
    }

    private static int rank(String key) {
        if (FIRST.contains(key)) {
            return FIRST.indexOf(key);
        }
        return LAST.contains(key) ? 1000 + LAST.indexOf(key) : 500;
    }

    /// SnakeYAML puts quotes and a tag around numbers that begin with 0: the mark is taken away
    /// from the text.
    private static Node octal(int mode) {
        return plain(Tag.STR, OCTAL + "0" + Integer.toOctalString(mode));
    }

    private static Node plain(Tag tag, String text) {
        return new ScalarNode(tag, text, null, null, ScalarStyle.PLAIN);
    }

    private static Node string(String text) {
        return new ScalarNode(Tag.STR, text, null, null, style(text));
    }

    private static ScalarStyle style(String text) {
        if (!text.codePoints().allMatch(YamlText::isPrintable)) {
            return ScalarStyle.DOUBLE_QUOTED;
        }
        if (text.indexOf('\n') >= 0) {
            return isBlock(text) ? ScalarStyle.LITERAL : ScalarStyle.DOUBLE_QUOTED;
        }
        boolean ambiguous = AMBIGUOUS.matcher(text).matches() && !DOTTED.matcher(text).matches();
        return ambiguous ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN;
    }

    /// Whether a block keeps every byte of it.
    private static boolean isBlock(String text) {
        return !text.matches("(?s)\\s.*")
                && !text.matches("(?s).*[ \t]\n.*")
                && !text.matches("(?s).*[ \t]");
    }

    /// Whether YAML can hold a character without an escape.
    static boolean isPrintable(int c) {
        return c == '\n'
                || c == '\t'
                || (c >= ' ' && c < 0x7f)
                || (c >= 0xa0 && c <= 0xd7ff && c != 0x2028 && c != 0x2029)
                || (c >= 0xe000 && c < 0xfffd && c != 0xfeff)
                || (c >= 0x10000 && c <= 0x10ffff);
    }
}

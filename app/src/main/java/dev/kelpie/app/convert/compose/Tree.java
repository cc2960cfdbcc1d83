package dev.kelpie.app.convert.compose;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.AnchorNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// A YAML text as maps, lists and texts: `22:22` and `yes` stay what was typed, whatever YAML 1.1
/// would make of them. Nothing (`null`) is the empty list.
final class Tree {
    private static final int MOST_NODES = 500_000;
    private static final int DEEPEST = 100;

    /// Lists of which the later file's replaces the earlier one's.
    private static final Set<String> REPLACED = Set.of("command", "entrypoint", "test");

    private int nodes;

    private Tree() {}

    /// @throws YAMLException when it is no YAML
    static Map<String, Object> parse(String text) {
        var options = new LoaderOptions();
        options.setCodePointLimit(16 << 20);
        options.setNestingDepthLimit(DEEPEST);
        // those of many services; what they unfold to is counted
        options.setMaxAliasesForCollections(MOST_NODES);
        var root = new Yaml(options).compose(new StringReader(text));
        return root instanceof MappingNode mapping ? new Tree().map(mapping, 0) : Map.of();
    }

    private void count(int depth) {
        if (++nodes > MOST_NODES || depth > DEEPEST) {
            throw new YAMLException("it is too large, or too deep");
        }
    }

    private Object value(Node node, int depth) {
        count(depth);
        return switch (node) {
            case ScalarNode scalar ->
                    scalar.getTag().equals(Tag.NULL) ? List.of() : scalar.getValue();
            case MappingNode mapping -> map(mapping, depth + 1);
            case SequenceNode sequence -> {
                var list = new ArrayList<Object>();
                sequence.getValue().forEach(each -> list.add(value(each, depth + 1)));
                yield list;
            }
            case AnchorNode anchor -> value(anchor.getRealNode(), depth + 1);
            default -> "";
        };
    }

    private Map<String, Object> map(MappingNode mapping, int depth) {
        count(depth);
        var map = new LinkedHashMap<String, Object>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (isMerge(tuple)) {
                merged(tuple.getValueNode(), depth).forEach(map::putIfAbsent);
            }
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!isMerge(tuple) && tuple.getKeyNode() instanceof ScalarNode key) {
                map.put(key.getValue(), value(tuple.getValueNode(), depth));
            }
        }
        return map;
    }

    private static boolean isMerge(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals("<<");
    }

    private Map<String, Object> merged(Node node, int depth) {
        count(depth);
        var all = new LinkedHashMap<String, Object>();
        if (node instanceof MappingNode mapping) {
            all.putAll(map(mapping, depth + 1));
        } else if (node instanceof SequenceNode sequence) {
            for (var each : sequence.getValue()) {
                merged(each, depth + 1).forEach(all::putIfAbsent);
            }
        }
        return all;
    }

    /// The second over the first, as the specification merges files: maps key by key, lists one
    /// after the other.
    static Map<String, Object> over(Map<String, Object> first, Map<String, Object> second) {
        var both = new LinkedHashMap<>(first);
        second.forEach((key, value) -> both.merge(key, value, (old, own) -> over(key, old, own)));
        return both;
    }

    private static Object over(String key, Object old, Object own) {
        if (old instanceof Map<?, ?> && own instanceof Map<?, ?>) {
            return over(asMap(old), asMap(own));
        }
        boolean pairs = List.of("environment", "labels", "annotations", "sysctls").contains(key);
        if (pairs && (old instanceof List<?> || own instanceof List<?>)) {
            return over(pairs(old), pairs(own));
        }
        if (old instanceof List<?> one && own instanceof List<?> other && !REPLACED.contains(key)) {
            var all = new ArrayList<Object>(one);
            var there = new HashSet<Object>(one);
            other.stream().filter(there::add).forEach(all::add);
            return all;
        }
        return own;
    }

    /// `[A=1, B]` as a map; a name without a value has the one mark that says so.
    static Map<String, Object> pairs(Object value) {
        if (value instanceof Map<?, ?>) {
            return asMap(value);
        }
        var pairs = new LinkedHashMap<String, Object>();
        if (value instanceof List<?> list) {
            for (var each : list) {
                var text = each.toString();
                int equals = text.indexOf('=');
                if (equals < 0) {
                    pairs.put(text, List.of());
                } else {
                    pairs.put(text.substring(0, equals), text.substring(equals + 1));
                }
            }
        }
        return pairs;
    }

    static Map<String, Object> asMap(Object value) {
        var map = new LinkedHashMap<String, Object>();
        if (value instanceof Map<?, ?> any) {
            any.forEach((key, each) -> map.put(key.toString(), each));
        }
        return map;
    }
}

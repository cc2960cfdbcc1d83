package dev.kelpie.kubeplay.yaml;

import dev.kelpie.kubeplay.report.FieldPath;
import dev.kelpie.kubeplay.report.Findings;
import dev.kelpie.kubeplay.report.Place;
import dev.kelpie.kubeplay.report.Shown;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Turns the parser's graph, in which aliases share nodes, into a tree. Each alias is followed, so
/// what it may add is bounded.
final class TreeBuilder {

    /// What the resolver marks unquoted scalars with.
    static final Tag PLAIN = new Tag("tag:kelpie.dev,2026:plain");

    private static final int MAX_ALIASED_NODES = 50_000;
    private static final String MERGE = "<<";

    private final String file;
    private final Findings findings;
    private final Set<org.yaml.snakeyaml.nodes.Node> seen =
            Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<org.yaml.snakeyaml.nodes.Node> open =
            Collections.newSetFromMap(new IdentityHashMap<>());
    private int aliased;

    TreeBuilder(String file, Findings findings) {
        this.file = file;
        this.findings = findings;
    }

    Node build(org.yaml.snakeyaml.nodes.Node root) {
        return node(root, FieldPath.ROOT);
    }

    private Node node(org.yaml.snakeyaml.nodes.Node source, FieldPath path) {
        var place = place(source);
        if (!seen.add(source) && ++aliased > MAX_ALIASED_NODES) {
            throw new TooMuchException(
                    place, "aliases blow the document up beyond " + MAX_ALIASED_NODES + " nodes");
        }
        if (!open.add(source)) {
            throw new TooMuchException(place, "an alias stands within what it refers to");
        }
        checkTag(source, path);
        Node node =
                switch (source) {
                    case MappingNode mapping -> mapping(mapping, place, path);
                    case SequenceNode sequence -> sequence(sequence, place, path);
                    case ScalarNode scalar -> scalar(scalar, place, path);
                    default -> throw new TooMuchException(place, "not a YAML value");
                };
        open.remove(source);
        return node;
    }

    private Node sequence(SequenceNode source, Place place, FieldPath path) {
        var items = new ArrayList<Node>();
        for (var item : source.getValue()) {
            items.add(node(item, path.index(items.size())));
        }
        return new Node.Sequence(place, path, items);
    }

    private Node scalar(ScalarNode source, Place place, FieldPath path) {
        var text = source.getValue();
        TextCheck.fault(text).ifPresent(fault -> findings.problem(place, path.toString(), fault));
        return new Node.Scalar(place, path, text, kind(source));
    }

    private static ScalarKind kind(ScalarNode source) {
        var tag = source.getTag();
        if (tag.equals(PLAIN)) {
            return ScalarKind.ofPlain(source.getValue());
        }
        if (tag.equals(Tag.NULL)) {
            return ScalarKind.NULL;
        }
        var explicit = tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) || tag.equals(Tag.BOOL);
        return explicit ? ScalarKind.ofPlain(source.getValue()) : ScalarKind.STRING;
    }

    private Node mapping(MappingNode source, Place place, FieldPath path) {
        var entries = new LinkedHashMap<String, Mapping.Entry>();
        var merges = new ArrayList<NodeTuple>();
        for (var tuple : source.getValue()) {
            if (isMerge(tuple)) {
                merges.add(tuple);
            } else {
                put(tuple, path, entries);
            }
        }
        for (var merge : merges) {
            merge(merge.getValueNode(), path, entries);
        }
        return new Mapping(place, path, entries);
    }

    private void put(NodeTuple tuple, FieldPath path, SequencedMap<String, Mapping.Entry> entries) {
        var key = key(tuple.getKeyNode(), path);
        if (key.isEmpty()) {
            return;
        }
        var at = place(tuple.getKeyNode());
        var field = path.field(key.get());
        var value = node(tuple.getValueNode(), field);
        var first = entries.putIfAbsent(key.get(), new Mapping.Entry(key.get(), at, value));
        if (first != null) {
            findings.problem(
                    at,
                    field.toString(),
                    "written twice in the same object, first on line " + first.keyPlace().line());
        }
    }

    private Optional<String> key(org.yaml.snakeyaml.nodes.Node source, FieldPath path) {
        if (source instanceof ScalarNode scalar && kind(scalar) != ScalarKind.NULL) {
            return Optional.of(scalar.getValue());
        }
        var template = source instanceof MappingNode || source instanceof SequenceNode;
        findings.problem(
                place(source),
                path.toString(),
                "a key must be a word",
                template ? "if this is a template, render it first" : "");
        return Optional.empty();
    }

    private static boolean isMerge(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode key
                && key.getTag().equals(PLAIN)
                && key.getValue().equals(MERGE);
    }

    /// `<<: *other`: the keys of the other object, as far as this one lacks them.
    private void merge(
            org.yaml.snakeyaml.nodes.Node source,
            FieldPath path,
            SequencedMap<String, Mapping.Entry> entries) {
        if (source instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> merge(item, path, entries));
        } else if (node(source, path) instanceof Mapping other) {
            other.entries().forEach(entries::putIfAbsent);
        } else {
            findings.problem(
                    place(source), path.toString(), "only objects can be merged with '<<'");
        }
    }

    /// Types beyond YAML's core have no meaning here; `!!str 5` and its like do.
    private void checkTag(org.yaml.snakeyaml.nodes.Node source, FieldPath path) {
        var tag = source.getTag();
        var core =
                switch (source) {
                    case MappingNode _ -> tag.equals(Tag.MAP);
                    case SequenceNode _ -> tag.equals(Tag.SEQ);
                    default ->
                            Set.of(PLAIN, Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL)
                                    .contains(tag);
                };
        if (!core) {
            findings.problem(
                    place(source),
                    path.toString(),
                    "the type tag '" + Shown.of(tag.getValue()) + "' is not allowed");
        }
    }

    private Place place(org.yaml.snakeyaml.nodes.Node source) {
        var mark = source.getStartMark();
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}

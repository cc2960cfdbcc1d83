package dev.kelpie.engine.cdi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An object of a spec file with its place in it; what is wrong with its fields is noted once for
/// the whole file.
final class SpecTree {
    private static final int MOST_PROBLEMS = 20;

    private final JsonNode node;
    private final String place;
    private final List<String> problems;

    private SpecTree(JsonNode node, String place, List<String> problems) {
        this.node = node;
        this.place = place;
        this.problems = problems;
    }

    static SpecTree root(JsonNode node, List<String> problems) {
        var tree = new SpecTree(node, "", problems);
        if (!node.isObject()) {
            tree.problem("must be an object");
        }
        return tree;
    }

    /// Refuses what is not among these, as a newer version's field would otherwise be left out.
    void allow(String... names) {
        var known = Set.of(names);
        node.fieldNames()
                .forEachRemaining(name -> {
                    if (!known.contains(name)) {
                        problem(name, "is no field of the Container Device Interface");
                    }
                });
    }

    void problem(String what) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(place.isEmpty() ? what : place + ": " + what);
        }
    }

    void problem(String field, String what) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(at(field) + ": " + what);
        }
    }

    private String at(String field) {
        return place.isEmpty() ? field : place + "." + field;
    }

    boolean has(String field) {
        return node.hasNonNull(field);
    }

    /// Empty when it is not there.
    String text(String field) {
        var value = node.path(field);
        if (has(field) && !value.isTextual()) {
            problem(field, "must be a text, was " + value);
        }
        return value.isTextual() ? value.asText() : "";
    }

    String required(String field) {
        var text = text(field);
        if (text.isEmpty() && (!has(field) || node.path(field).isTextual())) {
            problem(field, "is required");
        }
        return text;
    }

    boolean flag(String field) {
        var value = node.path(field);
        if (has(field) && !value.isBoolean()) {
            problem(field, "must be true or false, was " + value);
        }
        return value.asBoolean(false);
    }

    OptionalLong number(String field, long most) {
        if (!has(field)) {
            return OptionalLong.empty();
        }
        var number = number(node.path(field), most);
        if (number.isEmpty()) {
            problem(field, "must be a number from 0 to " + most + ", was " + node.path(field));
        }
        return number;
    }

    private static OptionalLong number(JsonNode value, long most) {
        boolean fits =
                value.isIntegralNumber()
                        && value.canConvertToLong()
                        && value.asLong() >= 0
                        && value.asLong() <= most;
        return fits ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
    }

    List<Long> numbers(String field, long most) {
        return items(field)
                .flatMap(item -> {
                    var number = number(item.node, most);
                    if (number.isEmpty()) {
                        item.problem("must be a number from 0 to " + most + ", was " + item.node);
                    }
                    return number.stream().boxed();
                })
                .toList();
    }

    List<String> texts(String field) {
        return items(field)
                .filter(item -> {
                    if (!item.node.isTextual()) {
                        item.problem("must be a text, was " + item.node);
                    }
                    return item.node.isTextual();
                })
                .map(item -> item.node.asText())
                .toList();
    }

    /// `NAME=value` each.
    List<String> variables(String field) {
        var texts = texts(field);
        for (var text : texts) {
            if (text.indexOf('=') < 1) {
                problem(field, "must be NAME=value each, was '" + text + "'");
            }
        }
        return texts;
    }

    Optional<SpecTree> object(String field) {
        if (!has(field)) {
            return Optional.empty();
        }
        var value = node.path(field);
        var tree = new SpecTree(value, at(field), problems);
        if (!value.isObject()) {
            tree.problem("must be an object");
            return Optional.empty();
        }
        return Optional.of(tree);
    }

    List<SpecTree> objects(String field) {
        return items(field)
                .filter(item -> {
                    if (!item.node.isObject()) {
                        item.problem("must be an object");
                    }
                    return item.node.isObject();
                })
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private Stream<SpecTree> items(String field) {
        var value = node.path(field);
        if (has(field) && !value.isArray()) {
            problem(field, "must be a list");
            return Stream.of();
        }
        var items = new ArrayList<SpecTree>();
        for (int at = 0; at < value.size(); at++) {
            items.add(new SpecTree(value.get(at), at(field) + "[" + at + "]", problems));
        }
        return items.stream();
    }
}

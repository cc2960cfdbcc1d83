package dev.kelpie.kubeplay.schema;

import dev.kelpie.kubeplay.report.Findings;
import dev.kelpie.kubeplay.report.Problem;
import dev.kelpie.kubeplay.report.Shown;
import dev.kelpie.kubeplay.schema.FieldType.ListOf;
import dev.kelpie.kubeplay.schema.FieldType.MapOf;
import dev.kelpie.kubeplay.schema.FieldType.Simple;
import dev.kelpie.kubeplay.schema.FieldType.Structure;
import dev.kelpie.kubeplay.schema.Suggestions.Level;
import dev.kelpie.kubeplay.yaml.Mapping;
import dev.kelpie.kubeplay.yaml.Node;
import dev.kelpie.kubeplay.yaml.Node.Scalar;
import dev.kelpie.kubeplay.yaml.Node.Sequence;
import dev.kelpie.kubeplay.yaml.ScalarKind;
import java.util.ArrayDeque;
import java.util.Deque;

/// Checks one document against the model of its kind and reports every unknown field and wrong
/// type.
public final class SchemaCheck {

    private final ModelClasses models;
    private final Suggestions suggestions;
    private final Findings findings;
    private final Deque<Level> levels = new ArrayDeque<>();

    public SchemaCheck(ModelClasses models, Findings findings) {
        this.models = models;
        this.suggestions = new Suggestions(models);
        this.findings = findings;
    }

    public void check(Mapping document, Structure type) {
        structure(document, type);
    }

    private void value(Node node, FieldType type) {
        switch (type) {
            case Structure structure -> {
                if (node instanceof Mapping mapping) {
                    structure(mapping, structure);
                } else {
                    wrongNode(node, "an object", "");
                }
            }
            case ListOf(FieldType item) -> {
                if (node instanceof Sequence sequence) {
                    sequence.items().forEach(value -> value(value, item));
                } else {
                    wrongNode(node, "a list", listMeant(node));
                }
            }
            case MapOf(FieldType valueType) -> map(node, valueType);
            case Simple simple -> simple(node, simple);
        }
    }

    private static String listMeant(Node node) {
        return node instanceof Scalar scalar
                ? "write it as [\"" + Shown.of(scalar.text()) + "\"]"
                : "put '- ' before each item";
    }

    private void structure(Mapping mapping, Structure type) {
        levels.push(new Level(mapping, type));
        var fields = models.fields(type);
        for (var entry : mapping.entries().values()) {
            var field = fields.get(entry.key());
            if (field == null) {
                unknown(mapping, entry);
            } else if (!entry.value().absent()) {
                value(entry.value(), field);
            }
        }
        levels.pop();
    }

    private void unknown(Mapping mapping, Mapping.Entry entry) {
        var suggestion = findings.full() ? "" : suggestions.suggest(entry.key(), levels);
        var path = mapping.path().field(entry.key()).toString();
        findings.unknownField(new Problem(entry.keyPlace(), path, "unknown field", suggestion));
    }

    private void map(Node node, FieldType valueType) {
        if (!(node instanceof Mapping mapping)) {
            wrongNode(node, "an object", "write it as 'key: value'");
            return;
        }
        for (var entry : mapping.entries().values()) {
            if (!entry.value().absent()) {
                value(entry.value(), valueType);
            }
        }
    }

    private void simple(Node node, Simple type) {
        if (type == Simple.ANY) {
            return;
        }
        if (!(node instanceof Scalar scalar)) {
            wrongNode(node, type.words(), "");
            return;
        }
        switch (type) {
            case STRING -> string(scalar);
            case INT32 -> wholeNumber(scalar, type, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT64 -> wholeNumber(scalar, type, Long.MIN_VALUE, Long.MAX_VALUE);
            case NUMBER -> expect(isNumber(scalar), scalar, type, "");
            case BOOLEAN -> bool(scalar);
            case INT_OR_STRING ->
                    expect(
                            scalar.kind() == ScalarKind.STRING
                                    || ScalarKind.integer(scalar).isPresent(),
                            scalar,
                            type,
                            "");
            case QUANTITY -> quantity(scalar);
            case ANY -> {}
        }
    }

    private void string(Scalar scalar) {
        var quoted = "\"" + Shown.of(scalar.text()) + "\"";
        expect(
                scalar.kind() == ScalarKind.STRING,
                scalar,
                Simple.STRING,
                "write it in quotes: " + quoted);
    }

    private void bool(Scalar scalar) {
        var meant =
                switch (scalar.text()) {
                    case "true", "false" -> "write it without quotes: " + scalar.text();
                    default -> "";
                };
        expect(scalar.kind() == ScalarKind.BOOLEAN, scalar, Simple.BOOLEAN, meant);
    }

    private void wholeNumber(Scalar scalar, Simple type, long least, long most) {
        var number = ScalarKind.integer(scalar);
        if (number.isEmpty()) {
            var quoted = scalar.kind() == ScalarKind.STRING && scalar.text().matches("[0-9]{1,18}");
            expect(false, scalar, type, quoted ? "write it without quotes: " + scalar.text() : "");
        } else if (number.getAsLong() < least || number.getAsLong() > most) {
            problem(
                    scalar,
                    "must be between " + least + " and " + most + ", was " + number.getAsLong(),
                    "");
        }
    }

    private void quantity(Scalar scalar) {
        var possible = scalar.kind() == ScalarKind.STRING || isNumber(scalar);
        expect(
                possible && Amount.parse(scalar.text()).isPresent(),
                scalar,
                Simple.QUANTITY,
                amountMeant(scalar.text()));
    }

    /// Units that people write and Kubernetes does not know: `512MB`, `1gb`, `64KiB`.
    private static String amountMeant(String text) {
        var unit = text.replaceFirst("^[0-9.]+ *", "");
        var number = text.substring(0, text.length() - unit.length()).strip();
        if (number.isEmpty() || !unit.matches("(?i)[kmgtpe]i?b?")) {
            return "";
        }
        var letter = unit.substring(0, 1).toUpperCase(java.util.Locale.ROOT);
        return "did you mean '" + number + letter + "i'?";
    }

    private static boolean isNumber(Scalar scalar) {
        return scalar.kind() == ScalarKind.INTEGER || scalar.kind() == ScalarKind.FLOAT;
    }

    private void expect(boolean right, Scalar scalar, Simple type, String suggestion) {
        if (!right) {
            problem(scalar, "must be " + type.words() + ", was " + described(scalar), suggestion);
        }
    }

    private static String described(Scalar scalar) {
        return switch (scalar.kind()) {
            case NULL -> "nothing";
            case STRING -> "the string '" + Shown.of(scalar.text()) + "'";
            case INTEGER, FLOAT -> "the number " + Shown.of(scalar.text());
            case BOOLEAN -> "the boolean " + scalar.text();
        };
    }

    private void wrongNode(Node node, String expected, String suggestion) {
        var was =
                switch (node) {
                    case Mapping _ -> "an object";
                    case Sequence _ -> "a list";
                    case Scalar scalar -> described(scalar);
                };
        problem(node, "must be " + expected + ", was " + was, suggestion);
    }

    private void problem(Node node, String message, String suggestion) {
        findings.problem(node.place(), node.path().toString(), message, suggestion);
    }
}

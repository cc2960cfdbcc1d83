package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.report.Findings;
import dev.kelpie.kubeplay.report.Shown;
import dev.kelpie.kubeplay.schema.Spelling;
import dev.kelpie.kubeplay.yaml.Mapping;
import dev.kelpie.kubeplay.yaml.Node;
import java.util.List;

/// The checks that every rule is made of, and the words in which they complain.
final class Complaints {

    private final Findings findings;

    Complaints(Findings findings) {
        this.findings = findings;
    }

    void at(Node node, String message) {
        at(node, message, "");
    }

    void at(Node node, String message, String suggestion) {
        findings.problem(node.place(), node.path().toString(), message, suggestion);
    }

    /// About a field, written or missing.
    void at(Mapping object, String key, String message) {
        at(object, key, message, "");
    }

    void at(Mapping object, String key, String message, String suggestion) {
        var path = object.path().field(key).toString();
        findings.problem(object.placeOf(key), path, message, suggestion);
    }

    /// Whether a field is there; complains if not.
    boolean required(Mapping object, String key) {
        var node = object.get(key);
        var there =
                node.isPresent()
                        && !(node.get() instanceof Node.Scalar scalar && scalar.text().isEmpty());
        if (!there) {
            at(object, key, "required, but missing");
        }
        return there;
    }

    /// An empty text says as little as none.
    void oneOf(Mapping object, String key, List<String> values) {
        var text = object.word(key);
        if (text.isEmpty() || values.contains(text.get())) {
            return;
        }
        var choice = values.stream().filter(value -> !value.isEmpty()).toList();
        var message = "must be one of " + String.join(", ", choice) + ", was " + quoted(text.get());
        at(object, key, message, didYouMean(text.get(), values));
    }

    void between(Mapping object, String key, long least, long most) {
        var number = object.number(key);
        // What does not even fit the field's 32 bits is reported with its type.
        if (number.isPresent()
                && (number.getAsLong() < least || number.getAsLong() > most)
                && (most == Integer.MAX_VALUE
                        || Math.abs(number.getAsLong()) <= Integer.MAX_VALUE)) {
            at(object, key, "must be " + least + "-" + most + ", was " + number.getAsLong());
        }
    }

    void notNegative(Mapping object, String key) {
        var number = object.number(key);
        if (number.isPresent() && number.getAsLong() < 0) {
            at(object, key, "must not be negative, was " + number.getAsLong());
        }
    }

    static String didYouMean(String text, List<String> values) {
        return Spelling.nearest(text, values).map(v -> "did you mean '" + v + "'?").orElse("");
    }

    static String quoted(String text) {
        return "'" + Shown.of(text) + "'";
    }
}

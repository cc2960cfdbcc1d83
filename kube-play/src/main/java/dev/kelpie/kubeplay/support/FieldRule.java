package dev.kelpie.kubeplay.support;

import dev.kelpie.kubeplay.report.Verdict;
import java.util.List;
import java.util.Optional;

/// What becomes of one field, by name, and of the fields in it. A rule without children covers all
/// that lies below it.
///
/// @param remark why, or what is special; may be empty
/// @param harmless values of a field not supported that ask for nothing: Kubernetes' defaults
/// @param judge decides by the value, where the verdict depends on it
public record FieldRule(
        String name,
        Verdict verdict,
        String remark,
        List<String> harmless,
        List<FieldRule> children,
        Optional<Judge> judge) {

    /// The name of a rule for all fields that no other rule names (of objects with free keys).
    public static final String ANY = "*";

    public FieldRule {
        harmless = List.copyOf(harmless);
        children = List.copyOf(children);
    }

    static FieldRule honoured(String name) {
        return honoured(name, "");
    }

    static FieldRule honoured(String name, String remark) {
        return leaf(name, Verdict.HONOURED, remark);
    }

    /// An object, or a list of them, whose fields have rules of their own.
    static FieldRule part(String name, List<FieldRule> children) {
        return new FieldRule(name, Verdict.HONOURED, "", List.of(), children, Optional.empty());
    }

    static FieldRule part(String name, FieldRule... children) {
        return part(name, List.of(children));
    }

    static FieldRule noEffect(String name, String reason) {
        return leaf(name, Verdict.NO_EFFECT, reason);
    }

    static FieldRule later(String name) {
        return later(name, "");
    }

    static FieldRule later(String name, String remark) {
        return leaf(name, Verdict.NOT_SUPPORTED, remark);
    }

    private static FieldRule leaf(String name, Verdict verdict, String remark) {
        return new FieldRule(name, verdict, remark, List.of(), List.of(), Optional.empty());
    }

    FieldRule unless(String... values) {
        return new FieldRule(name, verdict, remark, List.of(values), children, judge);
    }

    FieldRule judged(Judge by) {
        return new FieldRule(name, verdict, remark, harmless, children, Optional.of(by));
    }

    /// The rule for a field of this object.
    public Optional<FieldRule> child(String field) {
        return find(children, field).or(() -> find(children, ANY));
    }

    private static Optional<FieldRule> find(List<FieldRule> rules, String name) {
        return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }
}

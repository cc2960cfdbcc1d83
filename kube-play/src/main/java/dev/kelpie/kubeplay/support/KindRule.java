package dev.kelpie.kubeplay.support;

import dev.kelpie.kubeplay.report.Verdict;
import java.util.List;

/// What becomes of the objects of a kind.
///
/// @param apiVersion the one that is read; empty where the kind is not
/// @param fields the rules of its fields; empty where the kind is not read
public record KindRule(
        String kind, String apiVersion, Verdict verdict, String remark, List<FieldRule> fields) {

    public KindRule {
        fields = List.copyOf(fields);
    }

    static KindRule honoured(String kind, String apiVersion, List<FieldRule> fields) {
        return new KindRule(kind, apiVersion, Verdict.HONOURED, "", fields);
    }

    static KindRule noEffect(String kind, String remark) {
        return new KindRule(kind, "", Verdict.NO_EFFECT, remark, List.of());
    }

    static KindRule later(String kind) {
        return new KindRule(kind, "", Verdict.NOT_SUPPORTED, "", List.of());
    }

    /// All fields as one rule, for walking.
    FieldRule root() {
        return FieldRule.part(kind, fields);
    }
}

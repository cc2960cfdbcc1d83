package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Rules for objects whose pods are made of a template, around that.
final class WorkloadRules {

    /// Past this, one machine is the wrong place.
    static final int MAX_REPLICAS = 1000;

    private static final List<String> OPERATORS = List.of("In", "NotIn", "Exists", "DoesNotExist");

    private final Complaints complaints;
    private final MetadataRules metadata;
    private final PodRules pods;

    WorkloadRules(Complaints complaints, MetadataRules metadata, PodRules pods) {
        this.complaints = complaints;
        this.metadata = metadata;
        this.pods = pods;
    }

    void check(Mapping object, String kind) {
        if (!object.has("spec")) {
            complaints.at(object, "spec", "required, but missing");
            return;
        }
        var spec = object.mapping("spec");
        complaints.between(spec, "replicas", 0, MAX_REPLICAS);
        if (!spec.has("template")) {
            complaints.at(spec, "template", "required, but missing");
            return;
        }
        var template = spec.mapping("template");
        metadata.ofTemplate(template);
        pods.check(
                template,
                spec.mappings("volumeClaimTemplates").stream()
                        .flatMap(claim -> claim.mapping("metadata").word("name").stream())
                        .collect(Collectors.toSet()));
        var labels = template.mapping("metadata").textMap("labels");
        switch (kind) {
            case "Job" -> job(spec);
            case "ReplicationController" -> matchLabels(spec, "selector", labels);
            default -> checkSelector(spec, labels);
        }
        restartPolicy(template.mapping("spec"), kind);
    }

    private void restartPolicy(Mapping podSpec, String kind) {
        var policy = podSpec.word("restartPolicy").orElse("Always");
        var ends = List.of("OnFailure", "Never").contains(policy);
        if (kind.equals("Job")) {
            if (policy.equals("Always")) {
                complaints.at(
                        podSpec,
                        "restartPolicy",
                        "must be OnFailure or Never in a Job, was Always");
            }
        } else if (ends) {
            complaints.at(
                    podSpec,
                    "restartPolicy",
                    "must be Always in a " + kind + ", was '" + policy + "'");
        }
    }

    private void job(Mapping spec) {
        complaints.between(spec, "completions", 0, MAX_REPLICAS);
        complaints.between(spec, "parallelism", 0, MAX_REPLICAS);
        complaints.notNegative(spec, "backoffLimit");
        complaints.oneOf(spec, "completionMode", List.of("NonIndexed", "Indexed"));
        if (spec.text("completionMode").orElse("").equals("Indexed")) {
            complaints.required(spec, "completions");
        }
    }

    private void checkSelector(Mapping spec, Map<String, String> labels) {
        var selector = spec.mapping("selector");
        if (!spec.has("selector")) {
            complaints.at(spec, "selector", "required, but missing");
        } else if (selector.textMap("matchLabels").isEmpty()
                && selector.items("matchExpressions").isEmpty()) {
            complaints.at(spec, "selector", "must select the pods of the template, was empty");
        }
        matchLabels(selector, "matchLabels", labels);
        for (var expression : selector.mappings("matchExpressions")) {
            checkExpression(expression, labels);
        }
    }

    private void matchLabels(Mapping owner, String key, Map<String, String> labels) {
        var wanted = owner.mapping(key);
        for (var entry : owner.textMap(key).entrySet()) {
            if (!entry.getValue().equals(labels.get(entry.getKey()))) {
                complaints.at(
                        wanted,
                        entry.getKey(),
                        "does not match the labels of the template, was "
                                + Complaints.quoted(entry.getValue()));
            }
        }
    }

    private void checkExpression(Mapping expression, Map<String, String> labels) {
        complaints.oneOf(expression, "operator", OPERATORS);
        if (!complaints.required(expression, "key")
                || !complaints.required(expression, "operator")) {
            return;
        }
        var label = labels.get(expression.text("key").orElse(""));
        var values = expression.texts("values");
        var matches =
                switch (expression.text("operator").orElse("")) {
                    case "In" -> label != null && values.contains(label);
                    case "NotIn" -> label == null || !values.contains(label);
                    case "Exists" -> label != null;
                    case "DoesNotExist" -> label == null;
                    default -> true;
                };
        if (!matches) {
            complaints.at(expression, "key", "does not match the labels of the template");
        }
    }
}

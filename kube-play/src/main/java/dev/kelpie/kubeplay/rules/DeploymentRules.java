package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.List;
import java.util.Map;

/// Rules for a Deployment around its pod template.
final class DeploymentRules {

    /// Past this, one machine is the wrong place.
    static final int MAX_REPLICAS = 1000;

    private static final List<String> OPERATORS = List.of("In", "NotIn", "Exists", "DoesNotExist");

    private final Complaints complaints;
    private final MetadataRules metadata;
    private final PodRules pods;

    DeploymentRules(Complaints complaints, MetadataRules metadata, PodRules pods) {
        this.complaints = complaints;
        this.metadata = metadata;
        this.pods = pods;
    }

    void check(Mapping deployment) {
        if (!deployment.has("spec")) {
            complaints.at(deployment, "spec", "required, but missing");
            return;
        }
        var spec = deployment.mapping("spec");
        complaints.between(spec, "replicas", 0, MAX_REPLICAS);
        if (!spec.has("template")) {
            complaints.at(spec, "template", "required, but missing");
            return;
        }
        var template = spec.mapping("template");
        metadata.ofTemplate(template);
        pods.check(template);
        checkSelector(spec, template.mapping("metadata").textMap("labels"));
        var policy = template.mapping("spec").text("restartPolicy").orElse("Always");
        if (List.of("OnFailure", "Never").contains(policy)) {
            complaints.at(
                    template.mapping("spec"),
                    "restartPolicy",
                    "must be Always in a Deployment, was '" + policy + "'");
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
        var wanted = selector.mapping("matchLabels");
        for (var entry : selector.textMap("matchLabels").entrySet()) {
            if (!entry.getValue().equals(labels.get(entry.getKey()))) {
                complaints.at(
                        wanted,
                        entry.getKey(),
                        "does not match the labels of the template, was "
                                + Complaints.quoted(entry.getValue()));
            }
        }
        for (var expression : selector.mappings("matchExpressions")) {
            checkExpression(expression, labels);
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

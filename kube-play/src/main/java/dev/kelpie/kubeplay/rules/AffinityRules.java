package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.yaml.Mapping;
import dev.kelpie.kubeplay.yaml.Node;
import java.util.List;

/// Rules for what a pod wants of its node and of its neighbours there, as the API server has them:
/// on one machine most of it has no effect, and a slip in it shows only in a cluster.
final class AffinityRules {

    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
    private static final List<String> SETS = List.of("In", "NotIn");
    private static final List<String> PRESENCE = List.of("Exists", "DoesNotExist");
    private static final List<String> OF_NODES =
            List.of("In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt");
    private static final List<String> OF_LABELS = OF_NODES.subList(0, 4);

    private final Complaints complaints;
    private final NameRules names;

    AffinityRules(Complaints complaints, NameRules names) {
        this.complaints = complaints;
        this.names = names;
    }

    void check(Mapping affinity) {
        var node = affinity.mapping("nodeAffinity");
        if (node.has(REQUIRED)) {
            var terms = node.mapping(REQUIRED);
            if (terms.get("nodeSelectorTerms").map(Node::empty).orElse(true)) {
                complaints.at(terms, "nodeSelectorTerms", "required, but missing");
            }
            terms.mappings("nodeSelectorTerms").forEach(this::nodes);
        }
        for (var each : node.mappings(PREFERRED)) {
            weight(each);
            nodes(each.mapping("preference"));
        }
        for (var kind : List.of("podAffinity", "podAntiAffinity")) {
            var pods = affinity.mapping(kind);
            pods.mappings(REQUIRED).forEach(this::neighbours);
            for (var each : pods.mappings(PREFERRED)) {
                weight(each);
                neighbours(each.mapping("podAffinityTerm"));
            }
        }
    }

    private void weight(Mapping preferred) {
        if (complaints.required(preferred, "weight")) {
            complaints.between(preferred, "weight", 1, 100);
        }
    }

    private void nodes(Mapping term) {
        term.mappings("matchExpressions").forEach(each -> expression(each, OF_NODES));
        for (var field : term.mappings("matchFields")) {
            if (complaints.required(field, "key")) {
                complaints.oneOf(field, "key", List.of("metadata.name"));
            }
            if (complaints.required(field, "operator")) {
                complaints.oneOf(field, "operator", SETS);
            }
            count(field, 1);
        }
    }

    private void neighbours(Mapping term) {
        if (complaints.required(term, "topologyKey")) {
            names.qualified(term, "topologyKey");
        }
        for (var field : List.of("labelSelector", "namespaceSelector")) {
            names.labels(term.mapping(field), "matchLabels");
            term.mapping(field)
                    .mappings("matchExpressions")
                    .forEach(each -> expression(each, OF_LABELS));
        }
    }

    private void expression(Mapping expression, List<String> operators) {
        if (complaints.required(expression, "key")) {
            names.qualified(expression, "key");
        }
        if (!complaints.required(expression, "operator")) {
            return;
        }
        complaints.oneOf(expression, "operator", operators);
        var operator = expression.text("operator").orElse("");
        if (SETS.contains(operator) && expression.items("values").isEmpty()) {
            complaints.at(
                    expression, "values", "required, but missing: " + operator + " needs one");
        } else if (PRESENCE.contains(operator) && !expression.items("values").isEmpty()) {
            complaints.at(expression, "values", "must be empty when operator is " + operator);
        } else if (operator.matches("Gt|Lt")) {
            count(expression, 1);
        }
    }

    private void count(Mapping expression, int wanted) {
        int count = expression.items("values").size();
        if (count != wanted) {
            complaints.at(expression, "values", "must be " + wanted + ", were " + count);
        }
    }
}

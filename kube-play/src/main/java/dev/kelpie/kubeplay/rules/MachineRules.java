package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.HashSet;
import java.util.List;

/// Rules for what a pod as a whole asks of the machine it runs on.
final class MachineRules {

    private static final long MOST_PRIORITY = Integer.MAX_VALUE;
    private static final List<String> EFFECTS =
            List.of("", "NoSchedule", "PreferNoSchedule", "NoExecute");

    private final Complaints complaints;
    private final NameRules names;
    private final ResourceRules resources;
    private final AffinityRules affinity;

    MachineRules(Complaints complaints, NameRules names) {
        this.complaints = complaints;
        this.names = names;
        this.resources = new ResourceRules(complaints);
        this.affinity = new AffinityRules(complaints, names);
    }

    void check(Mapping spec) {
        resources.check(spec.mapping("resources"));
        resources.amounts(spec.mapping("overhead"));
        names.subdomain(spec, "runtimeClassName");
        names.subdomain(spec, "priorityClassName");
        names.subdomain(spec, "serviceAccountName");
        complaints.between(spec, "priority", -MOST_PRIORITY, MOST_PRIORITY);
        complaints.oneOf(spec, "preemptionPolicy", List.of("Never", "PreemptLowerPriority"));
        if (spec.has("os")) {
            complaints.required(spec.mapping("os"), "name");
        }
        complaints.oneOf(spec.mapping("os"), "name", List.of("linux", "windows"));
        names.labels(spec, "nodeSelector");
        for (var secret : spec.mappings("imagePullSecrets")) {
            names.subdomain(secret, "name");
        }
        spec.mappings("tolerations").forEach(this::toleration);
        spec.mappings("topologySpreadConstraints").forEach(this::spread);
        distinctSpreads(spec.mappings("topologySpreadConstraints"));
        affinity.check(spec.mapping("affinity"));
        names.subdomain(spec, "nodeName");
        gates(spec);
    }

    private void gates(Mapping spec) {
        var gates = spec.mappings("schedulingGates");
        for (var gate : gates) {
            if (complaints.required(gate, "name")) {
                names.qualified(gate, "name");
            }
        }
        PodRules.distinct(complaints, gates, "name", "scheduling gate");
        if (!gates.isEmpty() && spec.word("nodeName").isPresent()) {
            complaints.at(
                    spec, "nodeName", "cannot be set until all schedulingGates have been cleared");
        }
    }

    private void toleration(Mapping toleration) {
        names.qualified(toleration, "key");
        complaints.oneOf(toleration, "operator", List.of("Exists", "Equal"));
        complaints.oneOf(toleration, "effect", EFFECTS);
        var exists = toleration.text("operator").orElse("Equal").equals("Exists");
        if (toleration.word("key").isEmpty() && !exists) {
            complaints.at(toleration, "operator", "must be Exists when there is no key");
        }
        if (exists && toleration.word("value").isPresent()) {
            complaints.at(toleration, "value", "must be empty when operator is Exists");
        }
        if (toleration.has("tolerationSeconds")
                && !toleration.text("effect").orElse("").equals("NoExecute")) {
            complaints.at(toleration, "effect", "must be NoExecute when tolerationSeconds is set");
        }
    }

    private void distinctSpreads(List<Mapping> constraints) {
        var seen = new HashSet<String>();
        for (var constraint : constraints) {
            var key = constraint.text("topologyKey").orElse("");
            var pair = key + ", " + constraint.text("whenUnsatisfiable").orElse("");
            if (!seen.add(pair)) {
                complaints.at(constraint, "topologyKey", "duplicate constraint {" + pair + "}");
            }
        }
    }

    private void spread(Mapping constraint) {
        complaints.between(constraint, "maxSkew", 1, Integer.MAX_VALUE);
        complaints.required(constraint, "maxSkew");
        complaints.required(constraint, "topologyKey");
        if (complaints.required(constraint, "whenUnsatisfiable")) {
            complaints.oneOf(
                    constraint, "whenUnsatisfiable", List.of("DoNotSchedule", "ScheduleAnyway"));
        }
    }
}

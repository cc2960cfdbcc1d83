package dev.kelpie.kubeplay.support;

import static dev.kelpie.kubeplay.support.FieldRule.honoured;
import static dev.kelpie.kubeplay.support.FieldRule.later;
import static dev.kelpie.kubeplay.support.FieldRule.noEffect;
import static dev.kelpie.kubeplay.support.FieldRule.part;

import dev.kelpie.kubeplay.report.Verdict;
import java.util.List;
import java.util.Set;

/// The fields of a Deployment.
final class DeploymentFields {

    private static final Set<String> OF_TEMPLATE = Set.of("labels", "annotations");

    private static final String OWN = "pods have those of the template";

    private DeploymentFields() {}

    static List<FieldRule> deployment() {
        return List.of(
                honoured("apiVersion"),
                honoured("kind"),
                part("metadata", metadata()),
                part("spec", spec()),
                noEffect("status", "a cluster writes it"));
    }

    /// The Deployment's own labels and annotations are not those of its pods.
    private static List<FieldRule> metadata() {
        return PodFields.metadata().stream()
                .map(rule ->
                        switch (rule.name()) {
                            case "labels" -> noEffect("labels", OWN);
                            case "annotations" -> part("annotations", annotation());
                            default -> rule;
                        })
                .toList();
    }

    private static FieldRule annotation() {
        return noEffect(FieldRule.ANY, OWN).judged(Judges::annotation);
    }

    private static List<FieldRule> spec() {
        return List.of(
                honoured("replicas", "one pod `NAME-pod`, or several `NAME-pod-0`, `NAME-pod-1`"),
                part(
                        "selector",
                        honoured("matchLabels", "must match the template"),
                        part(
                                "matchExpressions",
                                honoured("key"),
                                honoured("operator"),
                                honoured("values"))),
                part(
                        "template",
                        part("metadata", templateMetadata()),
                        part("spec", PodFields.spec())),
                noEffect("strategy", "pods are replaced by a new play"),
                noEffect("minReadySeconds", "nothing waits for readiness"),
                noEffect("revisionHistoryLimit", "no history is kept"),
                noEffect("progressDeadlineSeconds", "there is no rollout to watch"),
                later("paused").unless("false"));
    }

    private static List<FieldRule> templateMetadata() {
        return PodFields.metadata().stream()
                .map(rule ->
                        OF_TEMPLATE.contains(rule.name()) || rule.verdict() == Verdict.NO_EFFECT
                                ? rule
                                : noEffect(rule.name(), "pods are named by the Deployment"))
                .toList();
    }
}

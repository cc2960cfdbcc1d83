package dev.kelpie.kubeplay.support;

import static dev.kelpie.kubeplay.support.FieldRule.honoured;
import static dev.kelpie.kubeplay.support.FieldRule.later;
import static dev.kelpie.kubeplay.support.FieldRule.noEffect;
import static dev.kelpie.kubeplay.support.FieldRule.part;

import dev.kelpie.kubeplay.report.Verdict;
import java.util.List;
import java.util.Set;

/// The fields of objects whose pods are made of a template.
final class WorkloadFields {

    private static final Set<String> OF_TEMPLATE = Set.of("labels", "annotations");

    private static final String NO_HISTORY = "no history is kept";
    private static final FieldRule REPLICAS =
            honoured("replicas", "one pod `NAME-pod`, or several `NAME-pod-0`, `NAME-pod-1`");
    private static final FieldRule SELECTOR =
            part(
                    "selector",
                    honoured("matchLabels", "must match the template"),
                    part(
                            "matchExpressions",
                            honoured("key"),
                            honoured("operator"),
                            honoured("values")));

    private static final String OWN = "pods have those of the template";

    private WorkloadFields() {}

    static List<FieldRule> deployment() {
        return object(
                REPLICAS,
                SELECTOR,
                template(),
                noEffect("strategy", "pods are replaced by a new play"),
                noEffect("minReadySeconds", "nothing waits for readiness"),
                noEffect("revisionHistoryLimit", NO_HISTORY),
                noEffect("progressDeadlineSeconds", "there is no rollout to watch"),
                later("paused").unless("false"));
    }

    static List<FieldRule> replicaSet() {
        return object(
                REPLICAS,
                SELECTOR,
                template(),
                noEffect("minReadySeconds", "nothing waits for readiness"));
    }

    static List<FieldRule> replicationController() {
        return object(
                REPLICAS,
                honoured("selector", "must match the template"),
                template(),
                noEffect("minReadySeconds", "nothing waits for readiness"));
    }

    static List<FieldRule> daemonSet() {
        return object(
                SELECTOR,
                template(),
                noEffect("updateStrategy", "pods are replaced by a new play"),
                noEffect("minReadySeconds", "nothing waits for readiness"),
                noEffect("revisionHistoryLimit", NO_HISTORY));
    }

    static List<FieldRule> statefulSet() {
        return object(
                honoured("replicas", "pods `NAME-0`, `NAME-1`"),
                part("ordinals", honoured("start")),
                SELECTOR,
                template(),
                part("volumeClaimTemplates", ClaimFields.claim()),
                honoured("serviceName", "the subdomain of its pods"),
                noEffect("podManagementPolicy", "pods start side by side"),
                noEffect(
                        "persistentVolumeClaimRetentionPolicy",
                        "volumes stay until `kube down --force`"),
                noEffect("updateStrategy", "pods are replaced by a new play"),
                noEffect("minReadySeconds", "nothing waits for readiness"),
                noEffect("revisionHistoryLimit", NO_HISTORY));
    }

    static List<FieldRule> job() {
        return object(
                honoured("completions", "as many pods, all at the same time"),
                honoured("parallelism", "as many pods, where `completions` says nothing")
                        .judged(Judges::parallelism),
                honoured("backoffLimit", "how often a container that fails is run again; 6"),
                template(),
                honoured("completionMode", "each pod has its index where it is `Indexed`"),
                honoured("activeDeadlineSeconds", "of each of its pods"),
                noEffect("ttlSecondsAfterFinished", "pods stay until they are removed"),
                noEffect("podReplacementPolicy", "pods run again in place"),
                noEffect("selector", "pods are known by their names"),
                noEffect("manualSelector", "pods are known by their names"),
                later("backoffLimitPerIndex"),
                later("maxFailedIndexes"),
                later("managedBy"),
                later("podFailurePolicy"),
                later("successPolicy"),
                later("suspend").unless("false"));
    }

    static List<FieldRule> cronJob() {
        var job = job();
        return object(
                honoured(
                        "schedule",
                        "five fields, `@hourly` and others, `@every 90m`; the service stays for it"),
                honoured("timeZone", "the machine's without it"),
                honoured("concurrencyPolicy"),
                honoured("suspend"),
                honoured(
                        "startingDeadlineSeconds",
                        "of what was missed while no service ran, the last run is made up for"),
                honoured("successfulJobsHistoryLimit"),
                honoured("failedJobsHistoryLimit"),
                part(
                        "jobTemplate",
                        part("metadata", templateMetadata()),
                        job.stream()
                                .filter(rule -> rule.name().equals("spec"))
                                .findFirst()
                                .orElseThrow()));
    }

    private static List<FieldRule> object(FieldRule... spec) {
        return List.of(
                honoured("apiVersion"),
                honoured("kind"),
                part("metadata", metadata()),
                part("spec", spec),
                noEffect("status", "a cluster writes it"));
    }

    /// The object's own labels and annotations are not those of its pods.
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
        return noEffect(FieldRule.ANY, OWN).judged(AnnotationJudge::annotation);
    }

    private static FieldRule template() {
        return part(
                "template", part("metadata", templateMetadata()), part("spec", PodFields.spec()));
    }

    private static List<FieldRule> templateMetadata() {
        return PodFields.metadata().stream()
                .map(rule ->
                        OF_TEMPLATE.contains(rule.name()) || rule.verdict() == Verdict.NO_EFFECT
                                ? rule
                                : noEffect(rule.name(), "pods are named by the object"))
                .toList();
    }
}

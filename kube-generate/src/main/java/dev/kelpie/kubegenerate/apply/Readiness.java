package dev.kelpie.kubegenerate.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether an object is what it is meant to become, by its status.
final class Readiness {
    private final GenericKubernetesResource object;

    Readiness(GenericKubernetesResource object) {
        this.object = object;
    }

    boolean reached() {
        return switch (object.getKind()) {
            case "Pod" -> isTrue("Ready") || word("phase").equals("Succeeded");
            case "Deployment" ->
                    observed()
                            && number("updatedReplicas") >= wanted()
                            && number("replicas") <= number("updatedReplicas")
                            && number("availableReplicas") >= wanted();
            case "StatefulSet" ->
                    observed()
                            && number("updatedReplicas") >= wanted() - keptBack()
                            && number("readyReplicas") >= wanted();
            case "DaemonSet" ->
                    observed()
                            && number("numberReady") >= number("desiredNumberScheduled")
                            && number("updatedNumberScheduled") >= number("desiredNumberScheduled");
            case "Job" -> isTrue("Complete");
            default -> true;
        };
    }

    /// Why it will never get there.
    Optional<String> hopeless() {
        if (object.getKind().equals("Pod") && word("phase").equals("Failed")) {
            return Optional.of("the pod failed " + word("message"));
        }
        if (object.getKind().equals("Job") && isTrue("Failed")) {
            return Optional.of("the job failed");
        }
        if (object.getKind().equals("Deployment") && observed() && isStuck()) {
            return Optional.of("it makes no progress: its deadline is exceeded");
        }
        return Optional.empty();
    }

    /// Where it is now.
    String state() {
        return switch (object.getKind()) {
            case "Pod" -> "phase " + word("phase");
            case "Deployment" -> number("availableReplicas") + " of " + wanted() + " available";
            case "StatefulSet" -> number("readyReplicas") + " of " + wanted() + " ready";
            case "DaemonSet" ->
                    number("numberReady") + " of " + number("desiredNumberScheduled") + " ready";
            case "Job" -> number("succeeded") + " succeeded";
            default -> "there";
        };
    }

    /// How many replicas of a StatefulSet are meant to stay as they were.
    private long keptBack() {
        if ("OnDelete".equals(object.get("spec", "updateStrategy", "type"))) {
            return wanted();
        }
        return object.get("spec", "updateStrategy", "rollingUpdate", "partition")
                        instanceof Number number
                ? number.longValue()
                : 0;
    }

    private boolean observed() {
        var generation = object.getMetadata().getGeneration();
        return generation == null || number("observedGeneration") >= generation;
    }

    private long wanted() {
        return object.get("spec", "replicas") instanceof Number number ? number.longValue() : 1;
    }

    private long number(String field) {
        return object.get("status", field) instanceof Number number ? number.longValue() : 0;
    }

    private String word(String field) {
        return object.get("status", field) instanceof String text ? text : "";
    }

    private boolean isTrue(String condition) {
        return has(Map.of("type", condition, "status", "True"));
    }

    private boolean isStuck() {
        return has(
                Map.of(
                        "type", "Progressing",
                        "status", "False",
                        "reason", "ProgressDeadlineExceeded"));
    }

    /// Whether a condition has all of these fields.
    private boolean has(Map<String, String> fields) {
        return object.get("status", "conditions") instanceof List<?> list
                && list.stream()
                        .anyMatch(each ->
                                each instanceof Map<?, ?> map
                                        && map.entrySet().containsAll(fields.entrySet()));
    }
}

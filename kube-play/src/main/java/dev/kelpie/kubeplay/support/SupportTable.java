package dev.kelpie.kubeplay.support;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/// What is supported: every kind, and every field of the kinds that are read. Completeness against
/// the model classes is a unit test.
public final class SupportTable {

    private static final String NO_API_SERVER = "there is no API server to guard";
    private static final List<String> LATER =
            List.of(
                    "CronJob",
                    "DaemonSet",
                    "HorizontalPodAutoscaler",
                    "Ingress",
                    "Job",
                    "LimitRange",
                    "NetworkPolicy",
                    "PersistentVolume",
                    "PersistentVolumeClaim",
                    "ReplicaSet",
                    "ReplicationController",
                    "ResourceQuota",
                    "Service",
                    "StatefulSet",
                    "StorageClass");

    private final SequencedMap<String, KindRule> kinds = new LinkedHashMap<>();

    public SupportTable() {
        add(KindRule.honoured("Pod", "v1", PodFields.pod()));
        add(KindRule.honoured("Deployment", "apps/v1", DeploymentFields.deployment()));
        add(KindRule.honoured("ConfigMap", "v1", KeyFields.configMap()));
        add(KindRule.honoured("Secret", "v1", KeyFields.secret()));
        LATER.forEach(kind -> add(KindRule.later(kind)));
        add(KindRule.noEffect("Namespace", "namespaces need not be made"));
        add(KindRule.noEffect("PodDisruptionBudget", "nothing is evicted"));
        add(KindRule.noEffect("PriorityClass", "nothing is preempted on one node"));
        Stream.of("ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding")
                .forEach(kind -> add(KindRule.noEffect(kind, NO_API_SERVER)));
    }

    private void add(KindRule rule) {
        kinds.put(rule.kind(), rule);
    }

    /// The rule of a kind; empty for one that is no part of Kubernetes.
    public Optional<KindRule> kind(String kind) {
        return Optional.ofNullable(kinds.get(kind));
    }

    public List<KindRule> kinds() {
        return List.copyOf(kinds.values());
    }

    public Set<String> names() {
        return Map.copyOf(kinds).keySet();
    }
}

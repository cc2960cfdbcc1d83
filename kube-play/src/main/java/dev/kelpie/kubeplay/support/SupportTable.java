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
                    "HorizontalPodAutoscaler",
                    "Ingress",
                    "LimitRange",
                    "NetworkPolicy",
                    "ResourceQuota");

    private final SequencedMap<String, KindRule> kinds = new LinkedHashMap<>();

    public SupportTable() {
        add(KindRule.honoured("Pod", "v1", PodFields.pod()));
        add(KindRule.honoured("Deployment", "apps/v1", WorkloadFields.deployment()));
        add(KindRule.honoured("ReplicaSet", "apps/v1", WorkloadFields.replicaSet()));
        add(
                KindRule.honoured(
                        "ReplicationController", "v1", WorkloadFields.replicationController()));
        add(KindRule.honoured("StatefulSet", "apps/v1", WorkloadFields.statefulSet()));
        add(KindRule.honoured("DaemonSet", "apps/v1", WorkloadFields.daemonSet()));
        add(KindRule.honoured("Job", "batch/v1", WorkloadFields.job()));
        add(KindRule.honoured("CronJob", "batch/v1", WorkloadFields.cronJob()));
        add(KindRule.honoured("ConfigMap", "v1", KeyFields.configMap()));
        add(KindRule.honoured("Secret", "v1", KeyFields.secret()));
        add(KindRule.honoured("PersistentVolumeClaim", "v1", ClaimFields.claim()));
        add(KindRule.honoured("PersistentVolume", "v1", ClaimFields.volume()));
        add(KindRule.honoured("Service", "v1", ServiceFields.service()));
        LATER.forEach(kind -> add(KindRule.later(kind)));
        add(
                KindRule.noEffect(
                        "StorageClass", "volumes of every class are directories of this machine"));
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

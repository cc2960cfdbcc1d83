package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/// One object of the manifests that is played: one from which pods come, or one that they use.
///
/// @param document the whole object
record Manifest(String kind, Mapping document) {

    static final String POD = "Pod";
    static final String STATEFUL_SET = "StatefulSet";
    static final String DAEMON_SET = "DaemonSet";
    static final String JOB = "Job";
    static final String CRON_JOB = "CronJob";
    static final String CONFIG_MAP = "ConfigMap";
    static final String SECRET = "Secret";
    static final String CLAIM = "PersistentVolumeClaim";
    static final String VOLUME = "PersistentVolume";
    static final String SERVICE = "Service";

    /// Kinds whose pods are made of a template.
    static final Set<String> WORKLOADS =
            Set.of(
                    "Deployment",
                    "ReplicaSet",
                    "ReplicationController",
                    STATEFUL_SET,
                    DAEMON_SET,
                    JOB);

    String name() {
        return document.mapping("metadata").text("name").orElse("");
    }

    String namespace() {
        return document.mapping("metadata").word("namespace").orElse(Metadata.DEFAULT_NAMESPACE);
    }

    boolean makesPods() {
        return kind.equals(POD) || WORKLOADS.contains(kind);
    }

    /// What reports call it, `Pod web`.
    String title() {
        return (kind + " " + name()).strip();
    }

    Mapping spec() {
        return document.mapping("spec");
    }

    /// The pod itself, or the template of the pods: what has `metadata` and `spec` of a pod.
    Mapping template() {
        return WORKLOADS.contains(kind) ? spec().mapping("template") : document;
    }

    Mapping podSpec() {
        return template().mapping("spec");
    }

    long replicas() {
        return switch (kind) {
            case POD, DAEMON_SET -> 1;
            case JOB -> spec().number("completions").orElse(spec().number("parallelism").orElse(1));
            default -> WORKLOADS.contains(kind) ? spec().number("replicas").orElse(1) : 0;
        };
    }

    /// The names of its pods: its own; those of a StatefulSet as in Kubernetes; `NAME-pod` for one
    /// replica as Podman has it, and `NAME-pod-0`, `NAME-pod-1` for more.
    List<String> podNames() {
        if (!makesPods()) {
            return List.of();
        }
        if (kind.equals(POD)) {
            return List.of(name());
        }
        if (kind.equals(STATEFUL_SET)) {
            return numbered(name() + "-", spec().mapping("ordinals").number("start").orElse(0));
        }
        return replicas() == 1 ? List.of(name() + "-pod") : numbered(name() + "-pod-", 0);
    }

    private List<String> numbered(String before, long first) {
        return LongStream.range(first, first + Math.clamp(replicas(), 0, Clashes.MAX_PODS))
                .mapToObj(i -> before + i)
                .toList();
    }

    Workload workload() {
        return new Workload(kind, namespace(), name(), podNames());
    }
}

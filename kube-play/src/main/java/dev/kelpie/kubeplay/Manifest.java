package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.List;
import java.util.stream.IntStream;

/// One object of the manifests that is played: one from which pods come, or one that they use.
///
/// @param document the whole object
record Manifest(String kind, Mapping document) {

    static final String POD = "Pod";
    static final String DEPLOYMENT = "Deployment";
    static final String CONFIG_MAP = "ConfigMap";
    static final String SECRET = "Secret";

    String name() {
        return document.mapping("metadata").text("name").orElse("");
    }

    String namespace() {
        return document.mapping("metadata").word("namespace").orElse(Metadata.DEFAULT_NAMESPACE);
    }

    boolean makesPods() {
        return kind.equals(POD) || kind.equals(DEPLOYMENT);
    }

    /// What reports call it, `Pod web`.
    String title() {
        return (kind + " " + name()).strip();
    }

    /// The pod itself, or the template of the pods: what has `metadata` and `spec` of a pod.
    Mapping template() {
        return kind.equals(DEPLOYMENT) ? document.mapping("spec").mapping("template") : document;
    }

    Mapping podSpec() {
        return template().mapping("spec");
    }

    long replicas() {
        return kind.equals(DEPLOYMENT) ? document.mapping("spec").number("replicas").orElse(1) : 1;
    }

    /// The names of its pods: its own, `NAME-pod` for one replica as Podman has it, and
    /// `NAME-pod-0`, `NAME-pod-1` for more.
    List<String> podNames() {
        if (!makesPods()) {
            return List.of();
        }
        if (!kind.equals(DEPLOYMENT)) {
            return List.of(name());
        }
        if (replicas() == 1) {
            return List.of(name() + "-pod");
        }
        return IntStream.range(0, Math.clamp(replicas(), 0, Clashes.MAX_PODS))
                .mapToObj(i -> name() + "-pod-" + i)
                .toList();
    }

    Workload workload() {
        return new Workload(kind, namespace(), name(), podNames());
    }
}

package dev.kelpie.kubegenerate.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;

/// Writes out the keys by which a server merges lists: before 1.21 the schema of Services has no
/// default for `protocol`, and refuses ports that leave it out.
///
/// Source: `x-kubernetes-list-map-keys` of io.k8s.api.core.v1.ServiceSpec.
final class MergeKeys {
    private MergeKeys() {}

    static void complete(GenericKubernetesResource object) {
        boolean service = "Service".equals(object.getKind()) && "v1".equals(object.getApiVersion());
        if (service && object.getAdditionalProperties().get("spec") instanceof Map<?, ?> spec) {
            if (spec.get("ports") instanceof List<?> ports) {
                ports.forEach(MergeKeys::completePort);
            }
        }
    }

    @SuppressWarnings("unchecked") // keys of an object of JSON are strings
    private static void completePort(Object port) {
        if (port instanceof Map<?, ?> map) {
            ((Map<String, Object>) map).putIfAbsent("protocol", "TCP");
        }
    }
}

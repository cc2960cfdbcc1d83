package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PortMapping;
import java.util.List;
import java.util.Map;

/// A pod on its way to YAML, with the ports of each container by short name.
record Outline(PodSpec pod, Map<String, List<PortMapping>> ports) {
    /// A pod whose ports are the first container's, since specs do not tell whose they are.
    static Outline of(PodSpec pod) {
        return new Outline(
                pod, Map.of(pod.containers().getFirst().shortName(), pod.network().ports()));
    }
}

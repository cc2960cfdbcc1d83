package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PortMapping;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The Service before a pod's published ports.
final class Services {
    private static final int FIRST_NODE_PORT = 30000;
    private static final int LAST_NODE_PORT = 32767;

    private Services() {}

    /// Empty for a pod that publishes nothing.
    static Optional<Service> of(
            PodSpec pod, Map<String, String> selector, ServiceKind kind, Losses losses) {
        if (pod.network().ports().isEmpty()) {
            losses.note("pod '" + pod.name() + "'", "no Service: it publishes no port");
            return Optional.empty();
        }
        var spec = new ServiceSpec();
        if (kind != ServiceKind.CLUSTER_IP) {
            spec.setType(kind.word());
        }
        spec.setSelector(selector);
        spec.setPorts(ports(pod.network().ports(), kind));
        var service = new Service();
        service.setSpec(spec);
        return Optional.of(service);
    }

    private static List<ServicePort> ports(List<PortMapping> mappings, ServiceKind kind) {
        var ports = new ArrayList<ServicePort>();
        for (var mapping : mappings) {
            for (int i = 0; i < mapping.range(); i++) {
                var port = port(mapping, i, kind);
                if (ports.stream().noneMatch(other -> isSame(other, port))) {
                    ports.add(port);
                }
            }
        }
        if (ports.size() > 1) {
            ports.forEach(Services::name);
        }
        return ports;
    }

    private static boolean isSame(ServicePort one, ServicePort other) {
        return one.getPort().equals(other.getPort())
                && java.util.Objects.equals(one.getProtocol(), other.getProtocol());
    }

    /// A port of the host that clusters have for this too stays that.
    private static ServicePort port(PortMapping mapping, int offset, ServiceKind kind) {
        var port = new ServicePort();
        port.setPort(mapping.containerPort() + offset);
        int onHost = mapping.hostPort() + offset;
        if (kind != ServiceKind.CLUSTER_IP
                && onHost >= FIRST_NODE_PORT
                && onHost <= LAST_NODE_PORT) {
            port.setNodePort(onHost);
        }
        if (mapping.protocol() != PortMapping.Protocol.TCP) {
            port.setProtocol(mapping.protocol().name());
        }
        return port;
    }

    /// Ports beside others need names.
    private static void name(ServicePort port) {
        var protocol = Optional.ofNullable(port.getProtocol());
        port.setName(
                port.getPort()
                        + protocol.map(word -> "-" + word.toLowerCase(Locale.ROOT)).orElse(""));
    }
}

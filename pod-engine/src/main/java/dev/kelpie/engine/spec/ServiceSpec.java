package dev.kelpie.engine.spec;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A name, and mostly an address, that stand for those pods of its namespace that are ready.
///
/// @param selector labels that the pods have
/// @param kind what is known of it where
/// @param address asked for; empty: any that is free
/// @param sticky one client always meets the same pod
/// @param unready pods that are not ready count too
public record ServiceSpec(
        Metadata metadata,
        Map<String, String> selector,
        List<Port> ports,
        Kind kind,
        Optional<String> address,
        boolean sticky,
        boolean unready) {

    /// Where a Service is to be had.
    public enum Kind {
        /// By its name, which means the pods' own addresses.
        HEADLESS,
        /// By its name and address, for pods and the host.
        CLUSTER_IP,
        /// Also at a port of the host.
        NODE_PORT,
        /// Also at its own ports on the host.
        LOAD_BALANCER
    }

    public ServiceSpec {
        selector = Map.copyOf(selector);
        ports = List.copyOf(ports);
        var seen = new HashSet<String>();
        for (var port : ports) {
            if (!seen.add(port.protocol() + " " + port.port())) {
                throw new IllegalArgumentException(
                        "port " + port.port() + " of service '" + metadata.name() + "' twice");
            }
        }
    }

    /// One of its ports.
    ///
    /// @param name empty where it has none
    /// @param target of the pods: a number, or the name of one of their containers' ports
    /// @param nodePort of the host; 0: any that is free, where one is to be had
    public record Port(
            String name, PortMapping.Protocol protocol, int port, String target, int nodePort) {}

    public String name() {
        return metadata.name();
    }

    /// By which the engine knows it: names are those of a namespace.
    public String key() {
        return metadata.namespace() + "/" + metadata.name();
    }

    public boolean headless() {
        return kind == Kind.HEADLESS;
    }

    /// Whether a pod is one of those it stands for.
    public boolean selects(Metadata pod) {
        return pod.namespace().equals(metadata.namespace())
                && !selector.isEmpty()
                && pod.labels().entrySet().containsAll(selector.entrySet());
    }

    /// What names answer everywhere. The short one is for those of the namespace, who search it.
    public List<String> dnsNames() {
        var scoped = name() + "." + metadata.namespace();
        return List.of(scoped, scoped + ".svc", search(metadata.namespace(), name() + "."));
    }

    /// Where the resolvers of a namespace's pods look for short names.
    public static String search(String namespace) {
        return search(namespace, "");
    }

    private static String search(String namespace, String before) {
        return before + namespace + ".svc.cluster.local";
    }
}

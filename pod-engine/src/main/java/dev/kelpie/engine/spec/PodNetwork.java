package dev.kelpie.engine.spec;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// How a pod is connected and what it believes of names.
///
/// @param hostname the pod's own; absent: the pod's name (or the container's short id)
/// @param hostAliases extra lines of /etc/hosts: address and its names
/// @param fqdn its full name, which /etc/hosts has before the short one
/// @param named ports of its containers that have a name, by which Services find them
public record PodNetwork(
        Mode mode,
        Optional<String> hostname,
        List<PortMapping> ports,
        Dns dns,
        List<HostAlias> hostAliases,
        Optional<String> fqdn,
        List<NamedPort> named,
        NameFiles files) {

    /// A port that a container is said to listen on.
    public record NamedPort(String name, PortMapping.Protocol protocol, int port) {}

    /// One without a full name.
    public PodNetwork(
            Mode mode,
            Optional<String> hostname,
            List<PortMapping> ports,
            Dns dns,
            List<HostAlias> hostAliases) {
        this(mode, hostname, ports, dns, hostAliases, Optional.empty(), List.of());
    }

    /// One with the usual files.
    public PodNetwork(
            Mode mode,
            Optional<String> hostname,
            List<PortMapping> ports,
            Dns dns,
            List<HostAlias> hostAliases,
            Optional<String> fqdn,
            List<NamedPort> named) {
        this(mode, hostname, ports, dns, hostAliases, fqdn, named, NameFiles.USUAL);
    }

    /// The same with other files.
    public PodNetwork withFiles(NameFiles others) {
        return new PodNetwork(mode, hostname, ports, dns, hostAliases, fqdn, named, others);
    }

    /// The same with other ports.
    public PodNetwork withPorts(List<PortMapping> others) {
        return new PodNetwork(mode, hostname, others, dns, hostAliases, fqdn, named, files);
    }

    /// The same in another mode.
    public PodNetwork withMode(Mode other) {
        return new PodNetwork(other, hostname, ports, dns, hostAliases, fqdn, named, files);
    }

    /// The default bridge network, nothing published.
    public static final PodNetwork DEFAULT =
            new PodNetwork(
                    new Bridge(List.of()), Optional.empty(), List.of(), Dns.DEFAULT, List.of());

    public PodNetwork {
        ports = List.copyOf(ports);
        hostAliases = List.copyOf(hostAliases);
        // rows that an earlier version wrote have none
        named = List.copyOf(Objects.requireNonNullElse(named, List.of()));
        files = Objects.requireNonNullElse(files, NameFiles.USUAL);
        if (!(mode instanceof Bridge) && !ports.isEmpty() && !(mode instanceof Host)) {
            throw new IllegalArgumentException("ports can only be published from a bridge network");
        }
    }

    /// Which network namespace a pod has.
    public sealed interface Mode {}

    /// One of its own on bridge networks of the engine.
    ///
    /// @param networks names with aliases; empty: the default network
    /// @param bare on none at all now: the last one was left (`network disconnect`)
    public record Bridge(List<NetworkRequest> networks, boolean bare) implements Mode {
        /// On some.
        public Bridge(List<NetworkRequest> networks) {
            this(networks, false);
        }

        public Bridge {
            networks = List.copyOf(networks);
        }
    }

    /// The host's.
    public record Host() implements Mode {}

    /// One of its own with nothing but loopback.
    public record None() implements Mode {}

    /// That of another container.
    public record OfContainer(String nameOrId) implements Mode {}

    /// One network to join.
    ///
    /// @param options Podman's per-network options: `ip`, `mac`, `alias`
    public record NetworkRequest(String network, Map<String, List<String>> options) {
        public NetworkRequest {
            options = Map.copyOf(options);
        }
    }

    /// What goes to resolv.conf beyond the network's own resolver.
    ///
    /// @param options as resolv.conf(5) writes them, `ndots:2`
    /// @param base what these are added to
    public record Dns(
            List<String> nameservers, List<String> searches, List<String> options, Base base) {
        public static final Dns DEFAULT = new Dns(List.of(), List.of(), List.of());

        /// Added to the resolver of the pod's network.
        public Dns(List<String> nameservers, List<String> searches, List<String> options) {
            this(nameservers, searches, options, Base.NETWORK);
        }

        public Dns {
            // rows that an earlier version wrote have none
            base = Objects.requireNonNullElse(base, Base.NETWORK);
            nameservers = List.copyOf(nameservers);
            searches = List.copyOf(searches);
            options = List.copyOf(options);
        }
    }

    /// Where names are asked for (Kubernetes' `dnsPolicy`).
    public enum Base {
        /// At the pod's network; on the host's network where the host asks (`ClusterFirst`).
        NETWORK,
        /// Where the host asks (`Default`).
        HOST,
        /// Nowhere but where the spec says (`None`).
        NONE
    }

    /// An address and the names it answers to.
    public record HostAlias(String ip, List<String> hostnames) {
        public HostAlias {
            hostnames = List.copyOf(hostnames);
        }
    }
}

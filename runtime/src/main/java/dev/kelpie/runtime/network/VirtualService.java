package dev.kelpie.runtime.network;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A Service: an address and names that stand for others, among whom connections are spread.
///
/// @param id unique in an engine root
/// @param address its own; absent: its names are those of `hosts`
/// @param names answered by the DNS of every network in use
/// @param hosts whom the names mean where it has no address
/// @param sticky one client always meets the same
public record VirtualService(
        String id,
        Optional<InetAddress> address,
        List<String> names,
        List<ServedPort> ports,
        List<InetAddress> hosts,
        boolean sticky) {

    public VirtualService {
        names = List.copyOf(names);
        ports = List.copyOf(ports);
        hosts = List.copyOf(hosts);
        require(Names.isName(id), "service id", id);
        for (var name : names) {
            require(Names.isDnsName(name), "DNS name", name);
        }
    }

    private static void require(boolean holds, String what, String value) {
        if (!holds) {
            throw new IllegalArgumentException("bad " + what + ": '" + value + "'");
        }
    }

    /// One of its ports.
    ///
    /// @param port at its address
    /// @param hostPorts where it is to be had at each address of the host
    /// @param backends who serves it now
    public record ServedPort(
            Protocol protocol, int port, List<Integer> hostPorts, List<Backend> backends) {
        public ServedPort {
            hostPorts = List.copyOf(hostPorts);
            backends = List.copyOf(backends);
        }
    }

    /// Who serves a port.
    public record Backend(InetAddress address, int port) {}

    /// As names for those who serve it, for hosts where nobody serves its address.
    VirtualService byHosts() {
        var serving =
                Stream.concat(
                                hosts.stream(),
                                ports.stream()
                                        .flatMap(port -> port.backends().stream())
                                        .map(Backend::address))
                        .distinct()
                        .toList();
        return new VirtualService(id, Optional.empty(), names, List.of(), serving, sticky);
    }

    /// The host ports as they are to be published.
    List<PublishedPort> published() {
        return ports.stream()
                .flatMap(port ->
                        port.hostPorts().stream()
                                .map(host -> PublishedPort.of(host, port.port(), port.protocol())))
                .toList();
    }
}

package dev.kelpie.runtime.network;

import dev.kelpie.runtime.network.VirtualService.Backend;
import dev.kelpie.runtime.network.VirtualService.ServedPort;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;

/// The part of the rules by which connections to Services are led to who serves them: a chain for
/// each port, found by a map. Who comes from a pod comes back through the host (masquerade), else
/// the answer of a neighbour on the same bridge would not be known.
///
/// An address that nobody serves is refused, as a port is on which nobody listens. Only packets of
/// pods of this root, and of the host itself, are led: two roots may use the same addresses.
final class ServiceRules {

    private final List<String> addresses = new ArrayList<>();
    private final List<String> atAddress = new ArrayList<>();
    private final List<String> onHost = new ArrayList<>();
    private final StringBuilder chains = new StringBuilder();
    private int count;

    ServiceRules(List<VirtualService> services) {
        services.forEach(this::add);
    }

    private void add(VirtualService service) {
        var own = service.address().filter(Inet4Address.class::isInstance);
        own.ifPresent(address -> addresses.add(address.getHostAddress()));
        for (var port : service.ports()) {
            if (port.backends().isEmpty()) {
                continue;
            }
            var chain = "service-" + ++count;
            chains.append(chain(chain, port, service.sticky()));
            own.ifPresent(address ->
                    atAddress.add(
                            "%s . %s . %d : goto %s"
                                    .formatted(
                                            address.getHostAddress(),
                                            port.protocol().word(),
                                            port.port(),
                                            chain)));
            for (int host : port.hostPorts()) {
                onHost.add("%s . %d : goto %s".formatted(port.protocol().word(), host, chain));
            }
        }
    }

    private static String chain(String name, ServedPort port, boolean sticky) {
        var targets = new ArrayList<String>();
        for (var backend : port.backends()) {
            targets.add(targets.size() + " : " + text(backend));
        }
        var choice = sticky ? "jhash ip saddr mod %d seed 0x6b656c70" : "numgen random mod %d";
        return "\tchain %s {\n\t\tmeta l4proto %s dnat ip to %s map { %s }\n\t}\n"
                .formatted(
                        name,
                        port.protocol().word(),
                        choice.formatted(targets.size()),
                        String.join(", ", targets));
    }

    private static String text(Backend backend) {
        return backend.address().getHostAddress() + " . " + backend.port();
    }

    /// Sets, maps and chains.
    String toText() {
        return NftRules.set("set virtual", "type ipv4_addr;", addresses)
                + chains
                + NftRules.set(
                        "map service_at",
                        "type ipv4_addr . inet_proto . inet_service : verdict;",
                        atAddress)
                + NftRules.set(
                        "map service_on", "type inet_proto . inet_service : verdict;", onHost)
                + REFUSAL;
    }

    private static final String REFUSAL =
            """
            \tchain refuse {
            \t\ttype filter hook output priority filter; policy accept;
            \t\tip daddr @virtual reject
            \t}
            """;
}

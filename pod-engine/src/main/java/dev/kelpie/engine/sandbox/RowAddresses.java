package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.spec.NetworkOptions;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.state.AddressRow;
import dev.kelpie.engine.state.NetworkRow;
import dev.kelpie.engine.state.State;
import dev.kelpie.runtime.network.Reach;
import dev.kelpie.runtime.network.Subnet;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Addresses of both families, from rows that keep the IPv4 ones.
public final class RowAddresses {
    private RowAddresses() {}

    /// Throws `IllegalArgumentException` when a network's addresses do not go together.
    public static Reach reach(NetworkRow row) {
        var six =
                row.made()
                        .six()
                        .map(side ->
                                new Reach.Six(
                                        Subnet.parse(side.subnet()), address(side.gateway())));
        return new Reach(Subnet.parse(row.subnet()), address(row.gateway()), six);
    }

    /// What somebody has: IPv4, then IPv6 where the network has it.
    static List<String> all(State state, AddressRow row) {
        return Stream.concat(
                        Stream.of(row.address()),
                        Optional.ofNullable(state.networks().get(row.network())).stream()
                                .flatMap(network -> six(network, row.address()).stream()))
                .toList();
    }

    /// The same with prefix lengths.
    static List<String> withPrefixes(NetworkRow network, AddressRow row) {
        var four = row.address() + prefix(network.subnet());
        var prefix = network.made().six().map(side -> prefix(side.subnet())).orElse("");
        return Stream.concat(
                        Stream.of(four),
                        six(network, row.address()).stream().map(text -> text + prefix))
                .toList();
    }

    /// IPv4 first.
    static List<String> gateways(NetworkRow network) {
        return Stream.concat(
                        Stream.of(network.gateway()),
                        network.made().six().stream().map(NetworkOptions.Six::gateway))
                .toList();
    }

    /// The IPv4 addresses asked for, also by the IPv6 ones that go with them.
    static List<String> fixed(NetworkRow network, PodNetwork.NetworkRequest request) {
        var fixed = new ArrayList<>(request.options().getOrDefault("ip", List.of()));
        for (var six : request.options().getOrDefault("ip6", List.of())) {
            var four = four(network, six);
            if (!fixed.isEmpty() && !fixed.getFirst().equals(four)) {
                throw new InvalidRequestException(
                        "addresses %s and %s do not go together: beside %s there is %s"
                                .formatted(fixed.getFirst(), six, six, four));
            }
            fixed.add(four);
        }
        return fixed;
    }

    private static String four(NetworkRow network, String six) {
        return reach(network)
                .four(address(six))
                .map(InetAddress::getHostAddress)
                .orElseThrow(() ->
                        new InvalidRequestException(
                                "requested static ip %s is not in a subnet of network %s, or its number not in %s"
                                        .formatted(six, network.name(), network.subnet())));
    }

    private static Optional<String> six(NetworkRow network, String four) {
        return network.made().six().isEmpty()
                ? Optional.empty()
                : reach(network).six(address(four)).map(Subnet::text);
    }

    private static String prefix(String subnet) {
        return subnet.substring(subnet.indexOf('/'));
    }

    static InetAddress address(String text) {
        return Subnet.address(text)
                .orElseThrow(
                        () -> new InvalidRequestException("not an IP address: '" + text + "'"));
    }
}

package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.state.NetworkRow;
import dev.kelpie.engine.state.State;
import dev.kelpie.runtime.network.AddressPool;
import dev.kelpie.runtime.network.Subnet;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// An address of a network for who joins it.
final class FreeAddress {
    private FreeAddress() {}

    /// One that was asked for, or the next that nobody has.
    static InetAddress of(State state, NetworkRow network, PodNetwork.NetworkRequest request) {
        var onIt =
                state.addresses().values().stream()
                        .filter(row -> row.network().equals(network.name()))
                        .toList();
        var taken =
                onIt.stream()
                        .map(row -> RowAddresses.address(row.address()))
                        .collect(Collectors.toSet());
        var subnet = Subnet.parse(network.subnet());
        var fixed = RowAddresses.fixed(network, request);
        if (!fixed.isEmpty()) {
            return fixed(subnet, network, fixed.getFirst(), taken);
        }
        var range = network.made().range();
        if (range.isPresent()) {
            return AddressPool.within(
                            RowAddresses.address(range.get().first()),
                            RowAddresses.address(range.get().last()),
                            RowAddresses.address(network.gateway()),
                            taken)
                    .orElseThrow(() -> full(subnet, network));
        }
        var last =
                onIt.isEmpty()
                        ? Optional.<InetAddress>empty()
                        : Optional.of(RowAddresses.address(onIt.getLast().address()));
        return AddressPool.next(subnet, RowAddresses.address(network.gateway()), last, taken)
                .orElseThrow(() -> full(subnet, network));
    }

    private static InvalidRequestException full(Subnet subnet, NetworkRow network) {
        return new InvalidRequestException(
                "no free address in " + subnet + " of network '" + network.name() + "'");
    }

    private static InetAddress fixed(
            Subnet subnet, NetworkRow network, String text, Set<InetAddress> taken) {
        var wanted =
                Subnet.address(text)
                        .orElseThrow(() ->
                                new InvalidRequestException("not an IP address: '" + text + "'"));
        if (!subnet.contains(wanted)) {
            throw new InvalidRequestException(
                    "requested static ip "
                            + text
                            + " not in any subnet on network "
                            + network.name());
        }
        if (taken.contains(wanted) || wanted.equals(RowAddresses.address(network.gateway()))) {
            throw new InvalidRequestException("address " + text + " is already in use");
        }
        return wanted;
    }
}

package dev.kelpie.runtime.network;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Everything that should exist on the networks of one engine root.
///
/// @param networks those defined, whether used or not; a bridge exists only while it has
///   attachments
/// @param ports by owner; led to the owner's first attachment
/// @param services addresses and names that stand for attachments
public record NetworkState(
        List<BridgeNetwork> networks,
        List<Attachment> attachments,
        Map<String, List<PublishedPort>> ports,
        List<VirtualService> services) {

    public static final NetworkState EMPTY = new NetworkState(List.of(), List.of(), Map.of());

    /// One without services.
    public NetworkState(
            List<BridgeNetwork> networks,
            List<Attachment> attachments,
            Map<String, List<PublishedPort>> ports) {
        this(networks, attachments, ports, List.of());
    }

    public NetworkState {
        services = List.copyOf(services);
        networks = List.copyOf(networks);
        attachments = List.copyOf(attachments);
        ports =
                ports.entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey, e -> List.copyOf(e.getValue())));
        requireConsistent(networks, attachments, ports);
    }

    /// The same with each published port changed.
    NetworkState withPorts(UnaryOperator<PublishedPort> change) {
        var changed = new HashMap<String, List<PublishedPort>>();
        ports.forEach((owner, own) -> changed.put(owner, own.stream().map(change).toList()));
        return new NetworkState(networks, attachments, changed, services);
    }

    /// The network of that name; throws `IllegalArgumentException` when there is none.
    public BridgeNetwork network(String name) {
        for (var network : networks) {
            if (network.name().equals(name)) {
                return network;
            }
        }
        throw new IllegalArgumentException("no such network: '" + name + "'");
    }

    /// Networks that have attachments, in the order they are defined.
    public List<BridgeNetwork> used() {
        var names = attachments.stream().map(Attachment::network).collect(Collectors.toSet());
        return networks.stream().filter(network -> names.contains(network.name())).toList();
    }

    /// Whether somebody is on a network with IPv6.
    boolean hasSix() {
        return used().stream().anyMatch(network -> network.reach().six().isPresent());
    }

    /// Whether the one to whom the ports of an owner are led has IPv6.
    boolean hasSix(String owner) {
        return attachments.stream()
                .filter(each -> each.owner().equals(owner))
                .findFirst()
                .flatMap(this::six)
                .isPresent();
    }

    /// The IPv6 address of an attachment, where its network has them and is still there.
    public Optional<InetAddress> six(Attachment attachment) {
        return networks.stream()
                .filter(network -> network.name().equals(attachment.network()))
                .findFirst()
                .flatMap(network -> network.reach().six(attachment.address()));
    }

    /// Only what is on these bridges: those there are. Another play may have written its intent and
    /// not made its bridge yet.
    NetworkState on(Set<String> bridges) {
        var there =
                networks.stream()
                        .filter(network -> bridges.contains(network.bridge()))
                        .map(BridgeNetwork::name)
                        .collect(Collectors.toSet());
        var left = attachments.stream().filter(a -> there.contains(a.network())).toList();
        var owners = left.stream().map(Attachment::owner).collect(Collectors.toSet());
        var leftPorts = new HashMap<>(ports);
        leftPorts.keySet().retainAll(owners);
        return new NetworkState(networks, left, leftPorts, services);
    }

    /// The same without these owners.
    public NetworkState without(Set<String> owners) {
        var left = attachments.stream().filter(a -> !owners.contains(a.owner())).toList();
        var leftPorts =
                ports.entrySet().stream()
                        .filter(e -> !owners.contains(e.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new NetworkState(networks, left, leftPorts, services);
    }

    private static void requireConsistent(
            List<BridgeNetwork> networks,
            List<Attachment> attachments,
            Map<String, List<PublishedPort>> ports) {
        var problems = new ArrayList<String>();
        var byName = new HashMap<String, BridgeNetwork>();
        networks.forEach(network -> byName.put(network.name(), network));
        var addresses = new HashSet<String>();
        var owners = new LinkedHashSet<String>();
        for (var attachment : attachments) {
            owners.add(attachment.owner());
            var network = byName.get(attachment.network());
            if (network == null) {
                problems.add("no such network: '" + attachment.network() + "'");
            } else if (!network.subnet().contains(attachment.address())) {
                problems.add(
                        "address %s is outside %s of network '%s'"
                                .formatted(
                                        attachment.address().getHostAddress(),
                                        network.subnet(),
                                        network.name()));
            }
            if (!addresses.add(attachment.network() + " " + attachment.address())) {
                problems.add("address used twice: " + attachment.address().getHostAddress());
            }
        }
        requireSettled(ports, owners, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    private static void requireSettled(
            Map<String, List<PublishedPort>> ports, Set<String> owners, List<String> problems) {
        ports.forEach((owner, published) -> {
            if (!owners.contains(owner)) {
                problems.add("ports of '" + owner + "', which is on no network");
            }
            for (var port : published) {
                if (!port.isSettled()) {
                    problems.add("host port not chosen yet: " + port);
                }
            }
        });
    }
}

package dev.kelpie.app.command.container;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.command.pod.PodJson;
import dev.kelpie.engine.BridgeNetworks;
import dev.kelpie.engine.report.ContainerSummary;
import dev.kelpie.engine.report.NetworkAttachment;
import dev.kelpie.engine.spec.PodNetwork;
import java.util.List;
import java.util.Optional;

/// The `NetworkSettings` part of `inspect`.
final class NetworkJson {
    private NetworkJson() {}

    static ObjectNode of(ContainerSummary summary, PodNetwork asked) {
        var connections = summary.connections();
        var json = JsonNodeFactory.instance.objectNode();
        addresses(json, connections.networks().stream().findFirst());
        json.put("Bridge", "");
        json.put("SandboxID", "");
        json.put("HairpinMode", false);
        json.put("LinkLocalIPv6Address", "");
        json.put("LinkLocalIPv6PrefixLen", 0);
        var ports = PodJson.portBindings(connections.ports());
        connections.exposedPorts().stream()
                .filter(exposed -> !ports.has(exposed))
                .forEach(ports::putNull);
        json.set("Ports", ports);
        var networks = json.putObject("Networks");
        for (var network : connections.networks()) {
            var each = networks.putObject(network.network());
            addresses(each, Optional.of(network));
            each.put("NetworkID", network.network());
            each.putNull("DriverOpts");
            each.putNull("IPAMConfig");
            each.putNull("Links");
            network.aliases().forEach(each.putArray("Aliases")::add);
        }
        if (connections.networks().isEmpty()) {
            asked(networks, asked);
        }
        return json;
    }

    /// Those that it will be on when it runs.
    private static void asked(ObjectNode networks, PodNetwork asked) {
        if (!(asked.mode() instanceof PodNetwork.Bridge(var requests, var bare)) || bare) {
            return;
        }
        var names =
                requests.isEmpty()
                        ? List.of("podman")
                        : requests.stream().map(PodNetwork.NetworkRequest::network).toList();
        for (var name : names) {
            var each = networks.putObject(BridgeNetworks.canonical(name));
            addresses(each, Optional.empty());
            each.put("NetworkID", name);
        }
    }

    private static void addresses(ObjectNode json, Optional<NetworkAttachment> network) {
        var four = address(network, false);
        var six = address(network, true);
        json.put("EndpointID", "");
        json.put("Gateway", gateway(network, false));
        json.put("IPAddress", before(four));
        json.put("IPPrefixLen", prefix(four));
        json.put("IPv6Gateway", gateway(network, true));
        json.put("GlobalIPv6Address", before(six));
        json.put("GlobalIPv6PrefixLen", prefix(six));
        json.put("MacAddress", network.flatMap(NetworkAttachment::macAddress).orElse(""));
    }

    private static String address(Optional<NetworkAttachment> network, boolean six) {
        return network.map(each -> one(each.addresses(), six)).orElse("");
    }

    private static String gateway(Optional<NetworkAttachment> network, boolean six) {
        return network.map(each -> one(each.gateways(), six)).orElse("");
    }

    private static String one(List<String> addresses, boolean six) {
        return addresses.stream()
                .filter(address -> (address.indexOf(':') >= 0) == six)
                .findFirst()
                .orElse("");
    }

    private static String before(String address) {
        return address.replaceFirst("/.*", "");
    }

    private static int prefix(String address) {
        int slash = address.indexOf('/');
        return slash < 0 ? 0 : Integer.parseInt(address.substring(slash + 1));
    }
}

package dev.kelpie.runtime.network;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.util.List;

/// What netavark reads on stdin for one owner, in the form 1.4 and all later ones understand:
/// `networks` as a map, one static address for each subnet (it allocates none itself).
final class NetavarkRequest {

    private NetavarkRequest() {}

    static ObjectNode of(String owner, List<Attachment> attachments, NetworkState state) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("container_id", owner).put("container_name", owner);
        var networks = json.putObject("networks");
        var definitions = json.putObject("network_info");
        for (var attachment : attachments) {
            var network = state.network(attachment.network());
            var addresses =
                    networks.putObject(network.name())
                            .put("interface_name", attachment.interfaceName())
                            .put("static_mac", attachment.mac())
                            .putArray("static_ips")
                            .add(attachment.address().getHostAddress());
            state.six(attachment).ifPresent(six -> addresses.add(Subnet.text(six)));
            definitions.set(network.name(), definition(network));
        }
        var ports = json.putArray("port_mappings");
        state.ports().getOrDefault(owner, List.of()).forEach(port -> ports.add(mapping(port)));
        return json;
    }

    /// Names are ours to answer, so netavark is told that there is no DNS: it would start an
    /// aardvark-dns of its own.
    private static ObjectNode definition(BridgeNetwork network) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("name", network.name())
                .put("id", network.id())
                .put("driver", "bridge")
                .put("network_interface", network.bridge())
                .put("ipv6_enabled", network.reach().six().isPresent())
                .put("internal", network.internal())
                .put("dns_enabled", false);
        var subnets = json.putArray("subnets");
        subnets.addObject()
                .put("subnet", network.subnet().toString())
                .put("gateway", network.gateway().getHostAddress());
        network.reach()
                .six()
                .ifPresent(six ->
                        subnets.addObject()
                                .put("subnet", six.subnet().toString())
                                .put("gateway", Subnet.text(six.gateway())));
        json.putObject("ipam_options").put("driver", "host-local");
        if (network.mtu() != 0) {
            json.putObject("options").put("mtu", Integer.toString(network.mtu()));
        }
        return json;
    }

    private static ObjectNode mapping(PublishedPort port) {
        var ip = port.hostIp().filter(address -> !address.isAnyLocalAddress());
        return JsonNodeFactory.instance
                .objectNode()
                .put("host_ip", ip.map(InetAddress::getHostAddress).orElse(""))
                .put("host_port", port.hostPort())
                .put("container_port", port.containerPort())
                .put("range", port.range())
                .put("protocol", port.protocol().word());
    }
}

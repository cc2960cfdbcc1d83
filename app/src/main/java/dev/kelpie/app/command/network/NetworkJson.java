package dev.kelpie.app.command.network;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.format.HumanTime;
import dev.kelpie.app.format.Labels;
import dev.kelpie.engine.report.NetworkSummary;
import dev.kelpie.engine.spec.ShortId;

/// A network as `network inspect` and `network ls` show it.
public final class NetworkJson {
    static final String DRIVER = "bridge";

    private NetworkJson() {}

    public static ObjectNode of(NetworkSummary network) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("name", network.name());
        json.put("id", network.id());
        json.put("driver", DRIVER);
        json.put("network_interface", network.bridge());
        json.put("created", HumanTime.stamp(network.created()));
        subnets(json, network);
        json.put("ipv6_enabled", network.options().six().isPresent());
        json.put("internal", network.options().internal());
        json.put("dns_enabled", network.dns());
        if (!network.options().resolvers().isEmpty()) {
            network.options().resolvers().forEach(json.putArray("network_dns_servers")::add);
        }
        var labels = json.putObject("labels");
        network.options().labels().forEach(labels::put);
        var options = json.putObject("options");
        if (network.options().mtu() != 0) {
            options.put("mtu", Integer.toString(network.options().mtu()));
        }
        json.putObject("ipam_options").put("driver", "host-local");
        var containers = json.putObject("containers");
        network.members().stream()
                .filter(member -> !member.attachments().isEmpty())
                .forEach(member -> containers.set(member.container(), of(member)));
        return json;
    }

    private static void subnets(ObjectNode json, NetworkSummary network) {
        var subnets = json.putArray("subnets");
        var subnet = subnets.addObject();
        subnet.put("subnet", network.addresses().subnet());
        subnet.put("gateway", network.addresses().gateway());
        network.options()
                .range()
                .ifPresent(range ->
                        subnet.putObject("lease_range")
                                .put("start_ip", range.first())
                                .put("end_ip", range.last()));
        network.options()
                .six()
                .ifPresent(six ->
                        subnets.addObject()
                                .put("subnet", six.subnet())
                                .put("gateway", six.gateway()));
    }

    private static ObjectNode of(NetworkSummary.Member member) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("name", member.name());
        var interfaces = json.putObject("interfaces");
        for (var attachment : member.attachments()) {
            var each = interfaces.putObject(attachment.interfaceName());
            var subnets = each.putArray("subnets");
            var gateways = attachment.gateways().iterator();
            for (var address : attachment.addresses()) {
                subnets.addObject().put("ipnet", address).put("gateway", gateways.next());
            }
            each.put("mac_address", attachment.macAddress().orElse(""));
        }
        return json;
    }

    static ObjectNode row(NetworkSummary network, boolean whole) {
        var row = JsonNodeFactory.instance.objectNode();
        row.put("ID", whole ? network.id() : ShortId.of(network.id()));
        row.put("Name", network.name());
        row.put("Driver", DRIVER);
        row.put("NetworkInterface", network.bridge());
        row.put("Created", HumanTime.stamp(network.created()));
        row.put("IPv6Enabled", network.options().six().isPresent());
        row.put("Internal", network.options().internal());
        row.put("DNSEnabled", network.dns());
        Labels.put(row, network.options().labels());
        return row;
    }
}

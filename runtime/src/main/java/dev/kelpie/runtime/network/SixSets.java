package dev.kelpie.runtime.network;

import dev.kelpie.runtime.NetworkException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;

/// The IPv6 part of the rules' sets; nothing where no network has IPv6.
final class SixSets {
    private final List<String> subnets = new ArrayList<>();
    private final List<String> outward = new ArrayList<>();
    private final List<String> standIns = new ArrayList<>();
    private final List<String> loopback = new ArrayList<>();
    private final List<String> anywhere = new ArrayList<>();
    private final List<String> atAddress = new ArrayList<>();

    void add(BridgeNetwork network) {
        if (network.reach().six().isEmpty()) {
            return;
        }
        var subnet = network.reach().six().get().subnet().toString();
        subnets.add(subnet);
        if (!network.internal()) {
            outward.add(subnet);
        }
        var standIn = Subnet.text(network.reach().loopbackStandIn().orElseThrow());
        standIns.add(standIn);
        loopback.add('"' + network.bridge() + "\" : " + standIn);
    }

    /// Leads a port to the pod's IPv6 address, when it has one and the port is not at an IPv4 one.
    ///
    /// Throws `NetworkException` for a port at an IPv6 address of a pod without.
    void lead(PublishedPort port, Attachment attachment, BridgeNetwork network) {
        var pod = network.reach().six(attachment.address());
        var ip = port.hostIp().filter(address -> !address.isAnyLocalAddress());
        var isSix = ip.isPresent() && ip.get() instanceof Inet6Address;
        if (pod.isEmpty() && isSix) {
            throw new NetworkException(
                    "cannot publish %s: network '%s' has no IPv6 (network create --ipv6)"
                            .formatted(port, network.name()));
        }
        boolean four = port.hostIp().filter(Inet4Address.class::isInstance).isPresent();
        if (pod.isEmpty() || four) {
            return;
        }
        for (var i = 0; i < port.range(); i++) {
            var key = port.protocol().word() + " . " + (port.hostPort() + i);
            var target = Subnet.text(pod.get()) + " . " + (port.containerPort() + i);
            if (isSix) {
                atAddress.add(Subnet.text(ip.get()) + " . " + key + " : " + target);
            } else {
                anywhere.add(key + " : " + target);
            }
        }
    }

    String toText() {
        if (subnets.isEmpty()) {
            return "";
        }
        var port = "inet_proto . inet_service : ipv6_addr . inet_service;";
        return NftRules.set("set subnets6", "type ipv6_addr; flags interval;", subnets)
                + NftRules.set("set outward6", "type ipv6_addr; flags interval;", outward)
                + NftRules.set("set stand_ins", "type ipv6_addr;", standIns)
                + NftRules.set("map loopback6", "type ifname : ipv6_addr;", loopback)
                + NftRules.set("map anywhere6", "type " + port, anywhere)
                + NftRules.set("map at_address6", "type ipv6_addr . " + port, atAddress)
                + GUARD;
    }

    /// What `SixLoopback` sends by lo are answers only: a pod must not pass for the host itself.
    private static final String GUARD =
            """
            \tchain guard6 {
            \t\ttype filter hook prerouting priority mangle; policy accept;
            \t\tiifname "lo" ip6 daddr @stand_ins ct state != { established, related } drop
            \t}
            """;
}

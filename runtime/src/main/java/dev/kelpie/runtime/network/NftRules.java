package dev.kelpie.runtime.network;

import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/// Renders a state to one nftables table, see nft(8). The script replaces the table whole; its
/// length grows with the pods, its rules do not: addresses and ports are set and map elements.
///
/// What a table of our own can do: translate addresses, and drop. What it cannot: let through what
/// another table drops. `accept` ends only the chain that says it, every other base chain at the
/// hook is still asked, and one `drop` is final (iptables' FORWARD policy DROP, firewalld zones).
/// `NetworkFacts` tells about those.
final class NftRules {

    private NftRules() {}

    /// The script that makes the table say exactly this.
    static String replace(NetworkRoot root, NetworkState state) {
        var sets = new Sets(state);
        var services = state.services();
        return remove(root)
                + "table inet "
                + root.table()
                + " {\n"
                + sets.toText()
                + (services.isEmpty() ? "" : new ServiceRules(services).toText())
                + chains(!services.isEmpty(), state.hasSix())
                + "}\n";
    }

    /// The script that removes the table; no error when there is none.
    static String remove(NetworkRoot root) {
        // "delete" of a missing table fails, so it is made first.
        return "table inet %1$s\ndelete table inet %1$s\n".formatted(root.table());
    }

    /// What nobody has is not asked for at each packet.
    private static String chains(boolean services, boolean six) {
        return CHAINS.lines()
                .filter(line ->
                        services || !(line.contains("@service_") || line.contains("@virtual")))
                .filter(line -> six || !line.contains(" ip6 "))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static final String CHAINS =
            """
            \tchain guard {
            \t\ttype filter hook prerouting priority raw; policy accept;
            \t\tiifname @bridges ip daddr 127.0.0.0/8 drop comment "route_localnet is on for bridges: pods must not reach the host's loopback"
            \t\tiifname @bridges ip saddr 127.0.0.0/8 drop
            \t}
            \tchain prerouting {
            \t\ttype nat hook prerouting priority dstnat; policy accept;
            \t\tiifname @bridges ip daddr . meta l4proto . th dport vmap @service_at
            \t\tip daddr 127.0.0.0/8 return comment "a neighbour's packet to 127.0.0.1 stays a martian"
            \t\tfib daddr type local jump published
            \t}
            \tchain output {
            \t\ttype nat hook output priority -100; policy accept;
            \t\tip daddr . meta l4proto . th dport vmap @service_at
            \t\tfib daddr type local jump published
            \t}
            \tchain published {
            \t\tdnat ip to ip daddr . meta l4proto . th dport map @at_address
            \t\tdnat ip to meta l4proto . th dport map @anywhere
            \t\tdnat ip6 to ip6 daddr . meta l4proto . th dport map @at_address6
            \t\tdnat ip6 to meta l4proto . th dport map @anywhere6
            \t\tmeta l4proto . th dport vmap @service_on
            \t}
            \tchain postrouting {
            \t\ttype nat hook postrouting priority srcnat; policy accept;
            \t\toifname @bridges ip saddr 127.0.0.0/8 masquerade comment "the host's own processes by 127.0.0.1"
            \t\toifname @bridges ip saddr @subnets ct status dnat masquerade comment "pods by a host address: answers must come back this way"
            \t\tip saddr @outward ip daddr != @subnets ip daddr != 224.0.0.0/4 masquerade
            \t\toifname @bridges ip6 saddr ::1 snat ip6 to oifname map @loopback6
            \t\toifname @bridges ip6 saddr @subnets6 ct status dnat masquerade
            \t\toifname != @bridges ip6 saddr @outward6 ip6 daddr != @subnets6 masquerade
            \t}
            \tchain forward {
            \t\ttype filter hook forward priority filter; policy accept;
            \t\tct state established,related accept
            \t\tip daddr @virtual reject
            \t\toifname @closed iifname != @bridges drop
            \t\tiifname @closed oifname != @closed drop
            \t\toifname @closed iifname != @closed drop
            \t\tiifname @bridges accept
            \t\toifname @bridges ct status dnat accept
            \t\toifname @bridges drop comment "no way to a pod from outside but published ports"
            \t}
            """;

    /// The parts that grow with the pods.
    private static final class Sets {
        private final List<String> bridges = new ArrayList<>();
        private final List<String> closed = new ArrayList<>();
        private final List<String> subnets = new ArrayList<>();
        private final List<String> outward = new ArrayList<>();
        private final List<String> anywhere = new ArrayList<>();
        private final List<String> atAddress = new ArrayList<>();
        private final SixSets six = new SixSets();

        Sets(NetworkState state) {
            for (var network : state.used()) {
                bridges.add('"' + network.bridge() + '"');
                subnets.add(network.subnet().toString());
                if (network.internal()) {
                    closed.add('"' + network.bridge() + '"');
                } else {
                    outward.add(network.subnet().toString());
                }
                six.add(network);
            }
            var led = new HashSet<String>();
            for (var attachment : state.attachments()) {
                if (led.add(attachment.owner())) {
                    for (var port : state.ports().getOrDefault(attachment.owner(), List.of())) {
                        lead(port, attachment, state.network(attachment.network()));
                    }
                }
            }
        }

        private void lead(PublishedPort port, Attachment attachment, BridgeNetwork network) {
            var ip = port.hostIp().filter(address -> !address.isAnyLocalAddress());
            six.lead(port, attachment, network);
            boolean atSix = port.hostIp().filter(Inet6Address.class::isInstance).isPresent();
            // `[::]` of a pod without IPv6 is what every address is
            if (atSix && (ip.isPresent() || network.reach().six().isPresent())) {
                return;
            }
            var pod = attachment.address();
            for (var i = 0; i < port.range(); i++) {
                var key = port.protocol().word() + " . " + (port.hostPort() + i);
                var target = pod.getHostAddress() + " . " + (port.containerPort() + i);
                if (ip.isPresent()) {
                    atAddress.add(ip.get().getHostAddress() + " . " + key + " : " + target);
                } else {
                    anywhere.add(key + " : " + target);
                }
            }
        }

        String toText() {
            return set("set bridges", "type ifname;", bridges)
                    + set("set closed", "type ifname;", closed)
                    + set("set subnets", "type ipv4_addr; flags interval;", subnets)
                    + set("set outward", "type ipv4_addr; flags interval;", outward)
                    + set(
                            "map anywhere",
                            "type inet_proto . inet_service : ipv4_addr . inet_service;",
                            anywhere)
                    + set(
                            "map at_address",
                            "type ipv4_addr . inet_proto . inet_service"
                                    + " : ipv4_addr . inet_service;",
                            atAddress)
                    + six.toText();
        }
    }

    static String set(String what, String type, List<String> elements) {
        var text = new StringBuilder("\t" + what + " {\n\t\t" + type + "\n");
        if (!elements.isEmpty()) {
            text.append("\t\telements = { ")
                    .append(String.join(",\n\t\t\t", elements))
                    .append(" }\n");
        }
        return text.append("\t}\n").toString();
    }
}

package dev.kelpie.runtime.network;

import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Probes what the host's network can do for us, for `system check`. Changes nothing.
public final class NetworkFacts {

    private static final Pattern FORWARD_DROP =
            Pattern.compile("hook forward [^;]*;\\s*policy drop");

    private static final Pattern INPUT_DROP = Pattern.compile("hook input [^;]*;\\s*policy drop");

    private NetworkFacts() {}

    /// Looks at nft, ip, netavark, aardvark-dns, conntrack, forwarding and foreign firewalls.
    public static List<NetworkFact> probe() throws InterruptedException {
        var facts = new ArrayList<NetworkFact>();
        facts.add(nft());
        facts.add(program("ip", "iproute2", "-V"));
        facts.add(program("nsenter", "util-linux", "--version"));
        facts.add(program("aardvark-dns", "aardvark-dns", "--version"));
        facts.add(program("netavark", "netavark", "--version"));
        facts.add(conntrack());
        facts.add(forwarding());
        facts.add(forwardPolicy(said("nft", "list", "chains"), said("iptables", "-S", "FORWARD")));
        facts.add(inputPolicy(said("nft", "list", "chains"), said("iptables", "-S", "INPUT")));
        facts.add(firewalld(said("nft", "list", "tables")));
        facts.add(portOfDns());
        return List.copyOf(facts);
    }

    /// Whether nft makes bridges of ours possible: its kernel part is asked to check our rules,
    /// without taking them.
    static NetworkFact nft() throws InterruptedException {
        var mend = "apt-get install nftables";
        if (Programs.find("nft").isEmpty()) {
            return NetworkFact.bad("nft", "not found, netavark is used instead", mend);
        }
        var script = NftRules.replace(SampleState.ROOT, SampleState.STATE);
        var result = attempt(script, "nft", "-c", "-f", "-");
        if (result.isEmpty() || result.get().exit() != 0) {
            var why = result.map(r -> firstLine(r.stderr())).orElse("cannot be started");
            return NetworkFact.bad("nft", "does not take our rules: " + why, mend);
        }
        return NetworkFact.good("nft", firstLine(said("nft", "--version")));
    }

    /// A chain with policy drop in another table, or legacy iptables, undoes our accept.
    static NetworkFact forwardPolicy(String nftChains, String iptables) {
        if (FORWARD_DROP.matcher(nftChains).find() || iptables.contains("-P FORWARD DROP")) {
            return NetworkFact.bad(
                    "forward policy",
                    "another firewall drops forwarded packets by default: pods do not reach the"
                            + " world, nor neighbours published ports",
                    "iptables -I FORWARD -i 'kelpie+' -j ACCEPT &&"
                            + " iptables -I FORWARD -o 'kelpie+' -j ACCEPT");
        }
        return NetworkFact.good("forward policy", "accept");
    }

    /// Pods ask their names from the host's own address.
    static NetworkFact inputPolicy(String nftChains, String iptables) {
        if (INPUT_DROP.matcher(nftChains).find() || iptables.contains("-P INPUT DROP")) {
            return NetworkFact.bad(
                    "input policy",
                    "the host's firewall drops by default: pods may not reach DNS on their gateway",
                    "iptables -I INPUT -i 'kelpie+' -p udp --dport 53 -j ACCEPT");
        }
        return NetworkFact.good("input policy", "accept");
    }

    static NetworkFact firewalld(String nftTables) {
        if (nftTables.lines().anyMatch(line -> line.endsWith("inet firewalld"))) {
            return NetworkFact.bad(
                    "firewalld",
                    "active: it may reject what pods send and ask",
                    "firewall-cmd --permanent --zone=trusted --add-source=10.89.0.0/16 &&"
                            + " firewall-cmd --reload");
        }
        return NetworkFact.good("firewalld", "not active");
    }

    private static NetworkFact program(String name, String debianPackage, String version)
            throws InterruptedException {
        if (Programs.find(name).isEmpty()) {
            return NetworkFact.bad(name, "not found", "apt-get install " + debianPackage);
        }
        return NetworkFact.good(name, firstLine(said(name, version)));
    }

    private static NetworkFact conntrack() {
        return Programs.find("conntrack").isPresent()
                ? NetworkFact.good("conntrack", "found")
                : NetworkFact.bad(
                        "conntrack",
                        "not found: a UDP client that never pauses may miss a published port that"
                                + " moved",
                        "apt-get install conntrack");
    }

    private static NetworkFact forwarding() {
        try {
            var on = Files.readString(Path.of("/proc/sys/net/ipv4/ip_forward")).strip();
            return NetworkFact.good(
                    "ip_forward", on.equals("1") ? "on" : "off, turned on with the first network");
        } catch (IOException e) {
            return NetworkFact.bad(
                    "ip_forward", "cannot be read: " + e.getMessage(), "mount /proc");
        }
    }

    private static NetworkFact portOfDns() {
        var self = Math.toIntExact(ProcessHandle.current().pid());
        var everywhere =
                UdpSockets.boundTo(53, self).stream().anyMatch(InetAddress::isAnyLocalAddress);
        if (everywhere) {
            return NetworkFact.bad(
                    "port 53",
                    "held on every address by "
                            + PortHolder.find(Protocol.UDP, 53)
                            + ": networks have no DNS",
                    "let it listen on single addresses (dnsmasq: bind-dynamic)");
        }
        return NetworkFact.good("port 53", "free for networks");
    }

    private static String said(String... argv) throws InterruptedException {
        return attempt("", argv).map(r -> r.exit() == 0 ? r.stdout() : "").orElse("");
    }

    private static Optional<Command.Result> attempt(String stdin, String... argv)
            throws InterruptedException {
        try {
            return Optional.of(Command.of(argv).withStdin(stdin).attempt());
        } catch (HostException e) {
            return Optional.empty(); // Not there: the fact says so.
        }
    }

    private static String firstLine(String text) {
        return text.strip().lines().findFirst().orElse("");
    }

    /// One pod with one port, so that every kind of rule is checked.
    private static final class SampleState {
        static final NetworkRoot ROOT =
                new NetworkRoot("00000000", Path.of("/nonexistent"), Optional.empty());
        static final NetworkState STATE = state();

        private static NetworkState state() {
            var network = BridgeNetwork.choose("check", ROOT, HostLinks.NONE, List.of());
            var address = AddressPool.address(10 << 24 | 89 << 16 | 2);
            var pod =
                    new Attachment(
                            "check",
                            Path.of("/nonexistent"),
                            "eth0",
                            address,
                            Attachment.macOf(address),
                            "check",
                            List.of());
            var port = PublishedPort.of(8080, 80, Protocol.TCP);
            return new NetworkState(List.of(network), List.of(pod), Map.of("check", List.of(port)));
        }
    }
}

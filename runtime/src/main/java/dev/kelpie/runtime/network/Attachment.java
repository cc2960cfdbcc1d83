package dev.kelpie.runtime.network;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

/// One interface of an owner (a pod's infra container) on a network.
///
/// @param owner id of who is attached; unique for its lifetime
/// @param netns file of the network namespace
/// @param interfaceName inside the namespace, `eth0`
/// @param address from the network's subnet
/// @param mac `02:..`, see `macOf`
/// @param network name of the `BridgeNetwork`
/// @param names answered by the network's DNS: pod name, container names, short id, aliases
public record Attachment(
        String owner,
        Path netns,
        String interfaceName,
        InetAddress address,
        String mac,
        String network,
        List<String> names) {

    public Attachment {
        names = List.copyOf(names);
        require(Names.isName(owner), "owner id", owner);
        require(netns.isAbsolute(), "namespace path", netns.toString());
        // It stands between quotes in an ip(8) batch, where nothing escapes these.
        require(
                !netns.toString().matches("(?s).*[\"#\\p{Cntrl}].*"),
                "namespace path",
                netns.toString());
        require(Names.isInterface(interfaceName), "interface name", interfaceName);
        require(mac.matches("[0-9a-f]{2}(:[0-9a-f]{2}){5}"), "MAC address", mac);
        require(Names.isName(network), "network name", network);
        for (var name : names) {
            require(Names.isDnsName(name), "DNS name", name);
        }
    }

    /// A locally administered unicast MAC derived from the IPv4 address: when an address is used
    /// again its neighbours' ARP entries stay right.
    public static String macOf(InetAddress address) {
        var bytes = address.getAddress();
        var last = bytes.length - 4;
        return "02:6b:%02x:%02x:%02x:%02x"
                .formatted(bytes[last], bytes[last + 1], bytes[last + 2], bytes[last + 3]);
    }

    private static void require(boolean holds, String what, String value) {
        if (!holds) {
            throw new IllegalArgumentException("bad " + what + ": '" + value + "'");
        }
    }
}

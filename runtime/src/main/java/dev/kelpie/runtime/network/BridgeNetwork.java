package dev.kelpie.runtime.network;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;

/// A network of one engine root: a bridge of the host with its subnet.
///
/// @param name as users call it
/// @param id 64 hex digits
/// @param bridge interface name, at most 15 characters
/// @param mtu bytes; 0 leaves it to the kernel
/// @param internal no way in or out but from the host itself
/// @param resolvers who is asked for names that its DNS does not know; none: whom the host asks
public record BridgeNetwork(
        String name,
        String id,
        String bridge,
        Reach reach,
        boolean dnsEnabled,
        int mtu,
        boolean internal,
        List<InetAddress> resolvers) {

    /// One whose DNS asks whom the host asks.
    public BridgeNetwork(
            String name,
            String id,
            String bridge,
            Reach reach,
            boolean dnsEnabled,
            int mtu,
            boolean internal) {
        this(name, id, bridge, reach, dnsEnabled, mtu, internal, List.of());
    }

    public BridgeNetwork {
        resolvers = List.copyOf(resolvers);
        // Its DNS names go into a file of that name, beside aardvark-dns's own.
        require(Names.isName(name) && !name.equals("aardvark.pid"), "network name", name);
        require(id.matches("[0-9a-f]{64}"), "network id", id);
        require(Names.isInterface(bridge), "bridge interface", bridge);
        require(mtu == 0 || (mtu >= 68 && mtu <= 65535), "mtu", Integer.toString(mtu));
    }

    /// Its IPv4 side.
    public Subnet subnet() {
        return reach.subnet();
    }

    /// The bridge's own IPv4 address.
    public InetAddress gateway() {
        return reach.gateway();
    }

    /// A network with DNS for an engine root, with a bridge name and a /24 of
    /// 10.89.0.0-10.255.255.0 that nobody uses: not the host's routes, not `taken` (the root's
    /// other networks). The search starts at a place derived from the root, so that two roots
    /// setting up at once rarely meet.
    ///
    /// Throws `NetworkException` when no subnet or bridge name is free.
    public static BridgeNetwork choose(
            String name, NetworkRoot root, HostLinks host, Collection<BridgeNetwork> taken) {
        return new FreeNetwork(root, host, taken).choose(name);
    }

    /// The same on this very subnet; the gateway is its first address.
    ///
    /// Throws `NetworkException` when somebody has the subnet already.
    public static BridgeNetwork on(
            Subnet subnet,
            String name,
            NetworkRoot root,
            HostLinks host,
            Collection<BridgeNetwork> taken) {
        return new FreeNetwork(root, host, taken).on(subnet, name);
    }

    private static void require(boolean holds, String what, String value) {
        if (!holds) {
            throw new IllegalArgumentException("bad " + what + ": '" + value + "'");
        }
    }
}

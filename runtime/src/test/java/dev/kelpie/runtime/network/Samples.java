package dev.kelpie.runtime.network;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Networks and pods that tests need no host for.
final class Samples {

    static final NetworkRoot ROOT =
            new NetworkRoot("0123abcd", Path.of("/run/kelpie/network"), Optional.empty());

    private Samples() {}

    static BridgeNetwork network(String name, String subnet) {
        var parsed = Subnet.parse(subnet);
        return new BridgeNetwork(
                name,
                NetworkRoot.sha256(name),
                "br-" + name,
                new Reach(parsed, AddressPool.first(parsed), Optional.empty()),
                true,
                0,
                false);
    }

    static BridgeNetwork with(BridgeNetwork like, Reach.Six six) {
        return new BridgeNetwork(
                like.name(),
                like.id(),
                like.bridge(),
                like.reach().withSix(Optional.of(six)),
                like.dnsEnabled(),
                like.mtu(),
                like.internal());
    }

    static BridgeNetwork internal(BridgeNetwork like) {
        return new BridgeNetwork(
                like.name(), like.id(), like.bridge(), like.reach(), false, 1400, true);
    }

    static Attachment pod(String owner, BridgeNetwork network, String address) {
        var ip = InetAddress.ofLiteral(address);
        return new Attachment(
                owner,
                Path.of("/run/netns", owner),
                "eth0",
                ip,
                Attachment.macOf(ip),
                network.name(),
                List.of(owner, "Alias-" + owner));
    }
}

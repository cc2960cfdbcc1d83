package dev.kelpie.runtime.network;

import dev.kelpie.runtime.NetworkException;
import java.util.Collection;
import java.util.Optional;

/// The search for a bridge name and a subnet nobody uses.
final class FreeNetwork {

    /// 10.89.0.0 to 10.255.255.0 in steps of /24, where Podman looks too.
    private static final int FIRST = 10 << 24 | 89 << 16;

    private static final int COUNT = (256 - 89) * 256;
    private static final int MOST_NETWORKS = 1000;

    private final NetworkRoot root;
    private final HostLinks host;
    private final Collection<BridgeNetwork> taken;

    FreeNetwork(NetworkRoot root, HostLinks host, Collection<BridgeNetwork> taken) {
        this.root = root;
        this.host = host;
        this.taken = taken;
    }

    BridgeNetwork choose(String name) {
        return of(subnet(), name);
    }

    BridgeNetwork on(Subnet subnet, String name) {
        if (!isFree(subnet)) {
            throw new NetworkException(
                    "subnet " + subnet + " is already used on the host or by another network");
        }
        return of(subnet, name);
    }

    private BridgeNetwork of(Subnet subnet, String name) {
        return new BridgeNetwork(
                name,
                NetworkRoot.sha256(root.id() + "\0" + root.directory() + "\0" + name),
                bridge(),
                new Reach(subnet, AddressPool.first(subnet), Optional.empty()),
                true,
                0,
                false);
    }

    private Subnet subnet() {
        // The first /16 is where people expect our networks; the rest only when it is full.
        var start = Integer.parseInt(root.id().substring(0, 2), 16);
        for (var i = 0; i < COUNT; i++) {
            var place = i < 256 ? (start + i) % 256 : i;
            var candidate = new Subnet(AddressPool.address(FIRST + (place << 8)), 24);
            if (isFree(candidate)) {
                return candidate;
            }
        }
        throw new NetworkException("no free /24 in 10.89.0.0-10.255.255.0");
    }

    private boolean isFree(Subnet candidate) {
        return host.routes().stream().noneMatch(candidate::overlaps)
                && taken.stream().map(BridgeNetwork::subnet).noneMatch(candidate::overlaps);
    }

    private String bridge() {
        for (var i = 0; i < MOST_NETWORKS; i++) {
            var candidate = root.bridgePrefix() + (char) ('a' + i % 26) + (i < 26 ? "" : i / 26);
            var used = taken.stream().anyMatch(other -> other.bridge().equals(candidate));
            if (!used && !host.interfaces().contains(candidate)) {
                return candidate;
            }
        }
        throw new NetworkException("more than " + MOST_NETWORKS + " networks in one root");
    }
}

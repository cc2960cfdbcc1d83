package dev.kelpie.runtime.network;

import dev.kelpie.runtime.HostException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// Lets the host's own processes reach published ports by `[::1]`.
///
/// IPv4 has route_localnet for that; IPv6 routes nothing to `::1` but what comes by lo. So such a
/// connection goes out with an address of the bridge that stands in for `::1` (see `Reach`), and
/// what comes to that address is sent to lo at the first hook there is, where connection tracking
/// makes it an answer to `::1`. See nft(8), `fwd`.
final class SixLoopback {

    private static final System.Logger LOG = System.getLogger(SixLoopback.class.getName());

    private final NetworkRoot root;
    private final HostCommands host;
    private boolean mayBeThere;

    SixLoopback(NetworkRoot root, HostCommands host) {
        this.root = root;
        this.host = host;
    }

    /// What an earlier service has left is told by the bridges of networks with IPv6.
    void look(NetworkState state, Collection<String> present) {
        mayBeThere |=
                state.networks().stream()
                        .filter(network -> network.reach().six().isPresent())
                        .anyMatch(network -> present.contains(network.bridge()));
    }

    /// Makes it so for all that are on networks with IPv6; costs nothing where there are none.
    void lead(NetworkState state) throws InterruptedException {
        if (!state.hasSix()) {
            if (mayBeThere) {
                remove();
            }
            return;
        }
        var present = host.interfaces();
        var devices =
                state.attachments().stream()
                        .filter(a -> state.six(a).isPresent())
                        .map(root::hostInterface)
                        .filter(present::contains)
                        .toList();
        mayBeThere = true;
        try {
            host.nft(rules(state, devices));
        } catch (HostException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "published ports are not to be had at [::1]: {0}",
                    e.getMessage());
        }
    }

    /// No error when there is nothing, or no such kind of table.
    void remove() throws InterruptedException {
        try {
            host.nft(gone());
            mayBeThere = false;
        } catch (HostException _) {
            // a kernel that has no such tables has none of ours
        }
    }

    private String gone() {
        return "table netdev %1$s\ndelete table netdev %1$s\n".formatted(root.table());
    }

    private String rules(NetworkState state, List<String> devices) {
        if (devices.isEmpty()) {
            return gone();
        }
        var standIns =
                state.used().stream()
                        .flatMap(network -> network.reach().loopbackStandIn().stream())
                        .map(Subnet::text)
                        .collect(Collectors.joining(", "));
        // a port of a bridge takes its packets for others'; the address 0 is lo's own
        return gone()
                + """
                table netdev %s {
                    chain loopback {
                        type filter hook ingress devices = { %s } priority 0; policy accept;
                        ip6 daddr { %s } meta l4proto != ipv6-icmp meta pkttype set host ether daddr set 00:00:00:00:00:00 fwd to "lo"
                    }
                }
                """
                        .formatted(root.table(), String.join(", ", devices), standIns);
    }
}

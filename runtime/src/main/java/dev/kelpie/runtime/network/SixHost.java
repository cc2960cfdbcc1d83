package dev.kelpie.runtime.network;

import dev.kelpie.runtime.NetworkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// IPv6 of the host.
///
/// @param lack why there is none
/// @param routes subnets that are reached already
public record SixHost(Optional<String> lack, List<Subnet> routes) {

    public SixHost {
        routes = List.copyOf(routes);
    }

    /// That of the network namespace we are in.
    public static SixHost read() {
        return read(Path.of("/proc"));
    }

    /// @param proc where proc(5) is
    static SixHost read(Path proc) {
        if (!Files.exists(proc.resolve("self/net/if_inet6"))) {
            return without("the kernel has no IPv6 (ipv6.disable=1, or its module is missing)");
        }
        if (text(proc.resolve("sys/net/ipv6/conf/default/disable_ipv6")).equals("1")) {
            return without("it is switched off (sysctl net.ipv6.conf.default.disable_ipv6=0)");
        }
        return new SixHost(Optional.empty(), routes(text(proc.resolve("self/net/ipv6_route"))));
    }

    /// Throws `NetworkException` when there is no IPv6, or the subnet is reached already or another
    /// network's.
    public void requireFree(Subnet subnet, Collection<BridgeNetwork> taken) {
        if (lack.isPresent()) {
            throw new NetworkException("no IPv6 on this host: " + lack.get());
        }
        var ours = taken.stream().flatMap(network -> network.reach().six().stream());
        if (routes.stream().anyMatch(subnet::overlaps)
                || ours.map(Reach.Six::subnet).anyMatch(subnet::overlaps)) {
            throw new NetworkException(
                    "subnet " + subnet + " is already used on the host or by another network");
        }
    }

    /// What is meant for all hosts, the default route and multicast among it, counts for none.
    static List<Subnet> routes(String table) {
        var routes = new ArrayList<Subnet>();
        for (var line : table.lines().toList()) {
            var fields = line.split(" ", 3);
            if (fields.length == 3 && fields[0].matches("[0-9a-f]{32}")) {
                var base = Subnet.address(HexFormat.of().parseHex(fields[0]));
                int prefix = Integer.parseInt(fields[1], 16);
                if (prefix > 0 && !base.isMulticastAddress() && !base.isLinkLocalAddress()) {
                    routes.add(new Subnet(base, prefix));
                }
            }
        }
        return routes;
    }

    private static SixHost without(String reason) {
        return new SixHost(Optional.of(reason), List.of());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException _) {
            return "";
        }
    }
}

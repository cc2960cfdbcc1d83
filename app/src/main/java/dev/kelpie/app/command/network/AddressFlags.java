package dev.kelpie.app.command.network;

import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.spec.NetworkOptions;
import dev.kelpie.runtime.network.AddressPool;
import dev.kelpie.runtime.network.Subnet;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Flags on the addresses of a new network.
final class AddressFlags {
    /// Room for the network itself, the gateway, a pod and the broadcast address.
    private static final int LONGEST_PREFIX = 30;

    private static final int SHORTEST_PREFIX = 8;

    @Option(names = "--subnet", description = "Its subnet: 10.90.0.0/24 (default: a free one)")
    List<String> subnets = new ArrayList<>();

    @Option(names = "--gateway", description = "Its own address (default: the subnet's first)")
    List<String> gateways = new ArrayList<>();

    @Option(names = "--ip-range", description = "Addresses to give away: FIRST-LAST or a subnet")
    List<String> ranges = new ArrayList<>();

    @Option(names = "--ipv6", arity = "0..1", description = "Not supported yet", hidden = true)
    boolean ipv6;

    Optional<Subnet> subnet() {
        if (ipv6) {
            throw FlagException.meaning("--ipv6 is not supported yet: networks are IPv4");
        }
        if (subnets.isEmpty() && !(gateways.isEmpty() && ranges.isEmpty())) {
            throw FlagException.meaning(
                    "cannot set gateway or range without subnet: give --subnet as well");
        }
        if (subnets.size() > 1 || gateways.size() > 1 || ranges.size() > 1) {
            throw FlagException.meaning("more than one subnet is not supported yet");
        }
        return subnets.stream().findFirst().map(text -> subnet("--subnet", text));
    }

    private static Subnet subnet(String flag, String text) {
        Subnet subnet;
        try {
            subnet = Subnet.parse(text);
        } catch (IllegalArgumentException _) {
            throw FlagException.meaning(flag + " \"" + text + "\": not a subnet like 10.90.0.0/24");
        }
        if (!subnet.isIpv4()) {
            throw FlagException.meaning(
                    flag + " \"" + text + "\": IPv6 is not supported yet: networks are IPv4");
        }
        if (subnet.prefix() > LONGEST_PREFIX || subnet.prefix() < SHORTEST_PREFIX) {
            throw FlagException.meaning(
                    flag
                            + " \""
                            + text
                            + "\": the prefix must be /"
                            + SHORTEST_PREFIX
                            + " to /"
                            + LONGEST_PREFIX);
        }
        return subnet;
    }

    Optional<InetAddress> gateway() {
        return gateways.stream().findFirst().map(text -> within("--gateway", text));
    }

    Optional<NetworkOptions.Range> range() {
        return ranges.stream().findFirst().map(this::range);
    }

    private NetworkOptions.Range range(String text) {
        var ends =
                text.contains("-") ? List.of(text.split("-", 2)) : ends(subnet("--ip-range", text));
        var first = within("--ip-range", ends.getFirst());
        var last = within("--ip-range", ends.getLast());
        if (java.util.Arrays.compareUnsigned(first.getAddress(), last.getAddress()) > 0) {
            throw FlagException.meaning("--ip-range \"" + text + "\": ends before it begins");
        }
        return new NetworkOptions.Range(first.getHostAddress(), last.getHostAddress());
    }

    private static List<String> ends(Subnet range) {
        return List.of(
                AddressPool.first(range).getHostAddress(),
                AddressPool.last(range).getHostAddress());
    }

    /// An address for a host of the subnet.
    private InetAddress within(String flag, String text) {
        var subnet = subnet("--subnet", subnets.getFirst());
        var address =
                Subnet.address(text)
                        .filter(subnet::contains)
                        .orElseThrow(() ->
                                FlagException.meaning(
                                        flag + " \"" + text + "\": not an address of " + subnet));
        boolean between =
                java.util.Arrays.compareUnsigned(
                                        address.getAddress(),
                                        AddressPool.first(subnet).getAddress())
                                >= 0
                        && java.util.Arrays.compareUnsigned(
                                        address.getAddress(), AddressPool.last(subnet).getAddress())
                                <= 0;
        if (!between) {
            throw FlagException.meaning(
                    flag
                            + " \""
                            + text
                            + "\": the first and last address of "
                            + subnet
                            + " are not for hosts");
        }
        return address;
    }
}

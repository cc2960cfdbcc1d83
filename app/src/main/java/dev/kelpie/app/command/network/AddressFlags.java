package dev.kelpie.app.command.network;

import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.spec.NetworkOptions;
import dev.kelpie.runtime.network.AddressPool;
import dev.kelpie.runtime.network.Subnet;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Flags on the addresses of a new network.
final class AddressFlags {
    /// Room for the network itself, the gateway, a pod and the broadcast address.
    private static final int LONGEST_PREFIX = 30;

    private static final int SHORTEST_PREFIX = 8;

    @Option(
            names = "--subnet",
            description = "Its subnet: 10.90.0.0/24 (default: a free one), and fd00:1::/64")
    List<String> subnets = new ArrayList<>();

    @Option(names = "--gateway", description = "Its own address (default: the subnet's first)")
    List<String> gateways = new ArrayList<>();

    @Option(names = "--ip-range", description = "Addresses to give away: FIRST-LAST or a subnet")
    List<String> ranges = new ArrayList<>();

    @Option(names = "--ipv6", arity = "0..1", description = "IPv6 as well, beside IPv4")
    boolean ipv6;

    Optional<Subnet> subnet() {
        if (subnets.isEmpty() && !(gateways.isEmpty() && ranges.isEmpty())) {
            throw FlagException.meaning(
                    "cannot set gateway or range without subnet: give --subnet as well");
        }
        if (of(subnets, false).size() > 1 || of(subnets, true).size() > 1 || ranges.size() > 1) {
            throw FlagException.meaning("more than one subnet of a family is not supported yet");
        }
        return of(subnets, false).stream().findFirst().map(text -> subnet("--subnet", text));
    }

    /// Those of one family.
    private static List<String> of(List<String> typed, boolean six) {
        return typed.stream().filter(text -> text.contains(":") == six).toList();
    }

    /// IPv6 beside IPv4; a subnet of nobody's when none is given, RFC 4193.
    Optional<NetworkOptions.Six> six() {
        var typed = of(subnets, true).stream().findFirst().map(AddressFlags::sixSubnet);
        var gateway = of(gateways, true).stream().findFirst();
        if (typed.isEmpty() && gateway.isPresent()) {
            throw FlagException.meaning("cannot set gateway without subnet: " + gateway.get());
        }
        if (typed.isEmpty() && !ipv6) {
            return Optional.empty();
        }
        var subnet = typed.orElseGet(AddressFlags::uniqueLocal);
        var own =
                gateway.map(text -> sixGateway(subnet, text))
                        .orElseGet(() -> AddressPool.first(subnet));
        return Optional.of(new NetworkOptions.Six(subnet.toString(), Subnet.text(own)));
    }

    private static Subnet uniqueLocal() {
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        bytes[0] = (byte) 0xfd;
        return Subnet.of(bytes, 64);
    }

    private static Subnet sixSubnet(String text) {
        try {
            var subnet = Subnet.parse(text);
            if (subnet.prefix() >= 16 && subnet.prefix() <= 120) {
                return subnet;
            }
        } catch (IllegalArgumentException _) {
            throw FlagException.meaning("--subnet \"" + text + "\": not a subnet like fd00:1::/64");
        }
        throw FlagException.meaning("--subnet \"" + text + "\": the prefix must be /16 to /120");
    }

    private static InetAddress sixGateway(Subnet subnet, String text) {
        return Subnet.address(text)
                .filter(subnet::contains)
                .filter(address -> !address.equals(subnet.base()))
                .orElseThrow(() ->
                        FlagException.meaning(
                                "--gateway \"" + text + "\": not an address of " + subnet));
    }

    private static Subnet subnet(String flag, String text) {
        Subnet subnet;
        try {
            subnet = Subnet.parse(text);
        } catch (IllegalArgumentException _) {
            throw FlagException.meaning(flag + " \"" + text + "\": not a subnet like 10.90.0.0/24");
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
        if (of(gateways, false).size() > 1 || of(gateways, true).size() > 1) {
            throw FlagException.meaning("more than one gateway of a family is not supported");
        }
        return of(gateways, false).stream().findFirst().map(text -> within("--gateway", text));
    }

    Optional<NetworkOptions.Range> range() {
        return ranges.stream().findFirst().map(this::range);
    }

    private NetworkOptions.Range range(String text) {
        if (text.contains(":")) {
            throw FlagException.meaning(
                    "--ip-range \""
                            + text
                            + "\": give IPv4 addresses, the IPv6 ones follow from them");
        }
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
        var four = of(subnets, false);
        if (four.isEmpty()) {
            throw FlagException.meaning(flag + " \"" + text + "\": needs an IPv4 --subnet");
        }
        var subnet = subnet("--subnet", four.getFirst());
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

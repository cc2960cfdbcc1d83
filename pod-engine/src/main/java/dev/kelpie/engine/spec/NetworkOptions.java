package dev.kelpie.engine.spec;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What a network was made with beyond its addresses.
///
/// @param range which addresses are given to pods that ask for none; empty: all of the subnet
/// @param mtu bytes; 0 leaves it to the kernel
/// @param internal no way in or out but from the host itself
/// @param six IPv6 beside IPv4
/// @param resolvers addresses that its DNS asks for other names; none: those that the host asks
public record NetworkOptions(
        Map<String, String> labels,
        Optional<Range> range,
        int mtu,
        boolean internal,
        Optional<Six> six,
        List<String> resolvers) {
    public static final NetworkOptions NONE =
            new NetworkOptions(Map.of(), Optional.empty(), 0, false, Optional.empty(), List.of());

    /// The same with other resolvers.
    public NetworkOptions withResolvers(List<String> others) {
        return new NetworkOptions(labels, range, mtu, internal, six, others);
    }

    public NetworkOptions {
        labels = Map.copyOf(labels);
        // rows that an earlier version wrote have none
        resolvers = List.copyOf(Objects.requireNonNullElse(resolvers, List.of()));
        if (mtu != 0 && (mtu < 68 || mtu > 65535)) {
            throw new IllegalArgumentException("mtu must be 68-65535, was " + mtu);
        }
    }

    /// An IPv6 subnet in CIDR form, and the bridge's address in it.
    public record Six(String subnet, String gateway) {}

    /// IPv4 addresses, both ends included.
    public record Range(String first, String last) {}
}

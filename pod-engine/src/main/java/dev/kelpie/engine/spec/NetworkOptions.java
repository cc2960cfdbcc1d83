package dev.kelpie.engine.spec;

import java.util.Map;
import java.util.Optional;

/// What a network was made with beyond its addresses.
///
/// @param range which addresses are given to pods that ask for none; empty: all of the subnet
/// @param mtu bytes; 0 leaves it to the kernel
/// @param internal no way in or out but from the host itself
/// @param six IPv6 beside IPv4
public record NetworkOptions(
        Map<String, String> labels,
        Optional<Range> range,
        int mtu,
        boolean internal,
        Optional<Six> six) {
    public static final NetworkOptions NONE =
            new NetworkOptions(Map.of(), Optional.empty(), 0, false, Optional.empty());

    public NetworkOptions {
        labels = Map.copyOf(labels);
        if (mtu != 0 && (mtu < 68 || mtu > 65535)) {
            throw new IllegalArgumentException("mtu must be 68-65535, was " + mtu);
        }
    }

    /// An IPv6 subnet in CIDR form, and the bridge's address in it.
    public record Six(String subnet, String gateway) {}

    /// IPv4 addresses, both ends included.
    public record Range(String first, String last) {}
}

package dev.kelpie.engine.report;

import java.util.List;
import java.util.Optional;

/// A pod's place on one network, while it is attached.
///
/// @param addresses with prefix length: `10.88.0.5/16`; IPv4 first
/// @param gateways one for each of these addresses
public record NetworkAttachment(
        String network,
        String interfaceName,
        List<String> addresses,
        List<String> gateways,
        Optional<String> macAddress,
        List<String> aliases) {

    public NetworkAttachment {
        addresses = List.copyOf(addresses);
        gateways = List.copyOf(gateways);
        aliases = List.copyOf(aliases);
    }
}

package dev.kelpie.engine.report;

import java.util.List;
import java.util.Optional;

/// A pod's place on one network, while it is attached.
///
/// @param addresses with prefix length: `10.88.0.5/16`
public record NetworkAttachment(
        String network,
        String interfaceName,
        List<String> addresses,
        Optional<String> gateway,
        Optional<String> macAddress,
        List<String> aliases) {

    public NetworkAttachment {
        addresses = List.copyOf(addresses);
        aliases = List.copyOf(aliases);
    }
}

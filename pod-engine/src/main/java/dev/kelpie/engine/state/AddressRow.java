package dev.kelpie.engine.state;

import dev.kelpie.engine.spec.PortMapping;
import java.util.List;
import java.util.Optional;

/// A pod's address on one network during one boot.
///
/// @param index of the interface: `ethN`
/// @param mac asked for; else it is derived from the address
/// @param ports host ports settled for this run; with the first network only
public record AddressRow(
        String pod,
        String network,
        int index,
        String address,
        List<String> names,
        List<PortMapping> ports,
        String bootId,
        Optional<String> mac) {

    public AddressRow {
        names = List.copyOf(names);
        ports = List.copyOf(ports);
    }

    /// The same with other ports.
    public AddressRow withPorts(List<PortMapping> others) {
        return new AddressRow(pod, network, index, address, names, others, bootId, mac);
    }
}

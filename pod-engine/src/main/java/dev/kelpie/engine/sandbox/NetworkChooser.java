package dev.kelpie.engine.sandbox;

import dev.kelpie.runtime.network.BridgeNetwork;
import dev.kelpie.runtime.network.Subnet;
import java.util.Collection;

/// Picks what a new network needs of the host: the name of a bridge, and a subnet that neither the
/// host nor one of `taken` has.
public interface NetworkChooser {

    /// One on any free subnet.
    BridgeNetwork choose(String name, Collection<BridgeNetwork> taken);

    /// One on this subnet; throws `NetworkException` when somebody has it.
    BridgeNetwork on(Subnet subnet, String name, Collection<BridgeNetwork> taken);

    /// Throws `NetworkException` when the host has no IPv6, or somebody has this IPv6 subnet.
    void requireFreeSix(Subnet subnet, Collection<BridgeNetwork> taken);
}

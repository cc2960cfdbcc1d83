package dev.kelpie.engine.state;

import dev.kelpie.engine.spec.NetworkOptions;
import java.time.Instant;
import java.util.Optional;

/// A network of the engine, as it was made, or chosen when first needed.
///
/// @param subnet CIDR
/// @param gateway the bridge's address
/// @param created not known of those that an earlier version made
/// @param options of a network that was made with any
public record NetworkRow(
        String name,
        String id,
        String bridge,
        String subnet,
        String gateway,
        boolean dns,
        Optional<Instant> created,
        Optional<NetworkOptions> options) {

    /// The same, made with other options.
    public NetworkRow withOptions(NetworkOptions others) {
        return new NetworkRow(name, id, bridge, subnet, gateway, dns, created, Optional.of(others));
    }

    public NetworkOptions made() {
        return options.orElse(NetworkOptions.NONE);
    }
}

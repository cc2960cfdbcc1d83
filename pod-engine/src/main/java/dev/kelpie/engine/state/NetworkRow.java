package dev.kelpie.engine.state;

/// A network of the engine, as it was chosen when first needed.
///
/// @param subnet CIDR
/// @param gateway the bridge's address
public record NetworkRow(
        String name,
        String id,
        String bridge,
        String subnet,
        String gateway,
        boolean dns,
        int mtu,
        boolean internal) {}

package dev.kelpie.engine;

import dev.kelpie.engine.spec.NetworkOptions;
import dev.kelpie.runtime.network.Subnet;
import java.net.InetAddress;
import java.util.Optional;

/// A network to make.
///
/// @param subnet empty: one that nobody uses
/// @param gateway empty: the subnet's first address
/// @param dns answer for the names of those on it
/// @param keep a network of that name that is there is left as it is; else that is an error
public record NewNetwork(
        String name,
        Optional<Subnet> subnet,
        Optional<InetAddress> gateway,
        boolean dns,
        NetworkOptions options,
        boolean keep) {}

/// Networks of one engine root: bridges, pods' network namespaces and addresses, published ports,
/// DNS. What should exist is a `NetworkState` kept by the engine; a `NetworkBackend` makes the
/// kernel look like it (`NftablesBackend` with one nftables table of our own, `NetavarkBackend`
/// where nft is missing). Names are answered by aardvark-dns, fed by us. Parsers and renderers
/// (ports, resolv.conf, hosts, rules) are pure functions. Nothing here knows pods or containers: an
/// owner is just an id.
@NullMarked
package dev.kelpie.runtime.network;

import org.jspecify.annotations.NullMarked;

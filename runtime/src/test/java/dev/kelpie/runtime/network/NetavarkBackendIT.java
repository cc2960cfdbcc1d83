package dev.kelpie.runtime.network;

import java.io.IOException;

class NetavarkBackendIT extends NetworkBackendContract {

    NetavarkBackendIT() throws IOException, InterruptedException {}

    @Override
    NetworkBackend backend(NetworkRoot root, NetworkIntent intent) {
        return new NetavarkBackend(root, intent);
    }

    /// Its own tables and chains are shared with every other user of netavark, and stay.
    @Override
    boolean isLeftover(String thing) {
        return !thing.matches("nft table (ip|ip6) .*|nft table inet netavark");
    }
}

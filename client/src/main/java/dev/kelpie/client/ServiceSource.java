package dev.kelpie.client;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/// The engine's service as whoever needs it: there already, or started now.
final class ServiceSource {
    private final EngineAddress engine;
    private final Caller caller;

    ServiceSource(EngineAddress engine, Caller caller) {
        this.engine = engine;
        this.caller = caller;
    }

    /// A session of a service of our build.
    ///
    /// @throws ClientException when it cannot be started
    Connection session() {
        try {
            return Connection.open(engine.socket(), caller.build());
        } catch (IOException _) {
            return new ServiceStarter(engine, caller).start();
        }
    }

    /// A connection without a word on it yet.
    SocketChannel plain() throws IOException {
        var address = UnixDomainSocketAddress.of(engine.socket());
        try {
            return SocketChannel.open(address);
        } catch (IOException _) {
            new ServiceStarter(engine, caller).start().close();
            return SocketChannel.open(address);
        }
    }
}

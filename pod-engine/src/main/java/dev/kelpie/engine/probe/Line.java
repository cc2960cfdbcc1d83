package dev.kelpie.engine.probe;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;

/// A connection that is cut when its time is over, whatever whoever is in the middle of with it.
final class Line implements AutoCloseable {

    private final Thread watchdog;
    private volatile Optional<SocketChannel> channel = Optional.empty();
    private volatile boolean overdue;

    private Line(Duration time) {
        this.watchdog =
                Thread.startVirtualThread(() -> {
                    try {
                        Thread.sleep(time);
                        overdue = true;
                        cut();
                    } catch (InterruptedException _) {
                        return; // closed in time
                    }
                });
    }

    static Line within(Duration time) {
        return new Line(time);
    }

    /// A new connection; one before is closed.
    SocketChannel dial(Dialler dialler, InetAddress host, int port)
            throws IOException, InterruptedException {
        cut();
        var socket = dialler.socket(host instanceof Inet6Address);
        channel = Optional.of(socket);
        if (overdue) {
            cut();
        }
        socket.connect(new InetSocketAddress(host, port));
        return socket;
    }

    boolean overdue() {
        return overdue;
    }

    private void cut() {
        channel.ifPresent(open -> {
            try {
                open.close();
            } catch (IOException _) {
                return; // nobody waits for it any more
            }
        });
    }

    @Override
    public void close() {
        watchdog.interrupt();
        cut();
    }

    /// The host to ask; one that is not named is the container itself.
    static InetAddress host(Optional<String> named, Dialler dialler) throws IOException {
        return named.isEmpty() ? dialler.self() : InetAddress.getByName(named.get());
    }
}

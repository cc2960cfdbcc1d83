package dev.kelpie.runtime.network;

import dev.kelpie.runtime.NetworkException;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Binds host ports to see whether they are free.
final class PortProbe {

    private static final int TRIES = 200;

    /// The ephemeral range's usual beginning, see ip(7) `ip_local_port_range`.
    private static final int FIRST_RANDOM = 32768;

    private PortProbe() {}

    static void requireFree(PublishedPort ports) {
        if (ports.protocol() == Protocol.SCTP) {
            return; // The JDK's SCTP needs libsctp; conflicts among our own ports are still found.
        }
        var address = address(ports);
        for (var i = 0; i < ports.range(); i++) {
            var port = ports.hostPort() + i;
            try {
                bind(ports.protocol(), new InetSocketAddress(address, port));
            } catch (BindException e) {
                throw inUse(ports, address, port, e);
            } catch (IOException e) {
                throw cannotBind(ports, address, port, e);
            }
        }
    }

    static List<PublishedPort> settle(
            Collection<PublishedPort> ports, Collection<PublishedPort> taken) {
        var promised = new ArrayList<>(taken);
        ports.stream().filter(PublishedPort::isSettled).forEach(promised::add);
        var settled = new ArrayList<PublishedPort>();
        for (var port : ports) {
            var real = port.isSettled() ? port : random(port, promised);
            settled.add(real);
            promised.add(real);
        }
        return List.copyOf(settled);
    }

    private static PublishedPort random(PublishedPort port, List<PublishedPort> promised) {
        for (var i = 0; i < TRIES; i++) {
            var first = ThreadLocalRandom.current().nextInt(FIRST_RANDOM, 65537 - port.range());
            var candidate = port.withHostPort(first);
            if (promised.stream().noneMatch(other -> other.overlaps(candidate))
                    && isFree(candidate)) {
                return candidate;
            }
        }
        throw new NetworkException(
                "no %d free %s host ports in a row found"
                        .formatted(port.range(), port.protocol().word()));
    }

    private static boolean isFree(PublishedPort port) {
        try {
            requireFree(port);
            return true;
        } catch (PortInUseException e) {
            return false;
        }
    }

    /// Our pods have IPv4 addresses, so "every address" means every IPv4 address; a listener on
    /// `[::]` takes those too and is found.
    private static InetAddress address(PublishedPort ports) {
        return ports.hostIp().orElseGet(() -> Subnet.address(new byte[4]));
    }

    private static void bind(Protocol protocol, InetSocketAddress address) throws IOException {
        var family =
                address.getAddress() instanceof Inet4Address
                        ? StandardProtocolFamily.INET
                        : StandardProtocolFamily.INET6;
        if (protocol == Protocol.UDP) {
            try (var socket = DatagramChannel.open(family)) {
                socket.setOption(StandardSocketOptions.SO_REUSEADDR, false);
                socket.bind(address);
            }
            return;
        }
        try (var socket = ServerSocketChannel.open(family)) {
            // Connections in TIME_WAIT hold no port against us; a listener still does.
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            socket.bind(address, 1);
        }
    }

    private static NetworkException inUse(
            PublishedPort ports, InetAddress address, int port, BindException cause) {
        var reason = String.valueOf(cause.getMessage());
        if (!reason.contains("already in use")) {
            return cannotBind(ports, address, port, cause);
        }
        var failure =
                new PortInUseException(
                        PublishedPort.bracketed(address),
                        port,
                        ports.protocol(),
                        PortHolder.find(ports.protocol(), port));
        failure.initCause(cause);
        return failure;
    }

    private static NetworkException cannotBind(
            PublishedPort ports, InetAddress address, int port, IOException cause) {
        return new NetworkException(
                "cannot bind %s:%d/%s: %s"
                        .formatted(
                                address.getHostAddress(),
                                port,
                                ports.protocol().word(),
                                cause instanceof SocketException ? cause.getMessage() : cause),
                cause);
    }
}

package dev.kelpie.engine.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;

/// The way to a container's network: sockets that are in it.
public interface Dialler {

    /// An unconnected socket in the container's network namespace.
    SocketChannel socket(boolean ipv6) throws IOException, InterruptedException;

    /// The address that stands for the container.
    InetAddress self();
}

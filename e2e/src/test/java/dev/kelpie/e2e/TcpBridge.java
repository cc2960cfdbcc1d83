package dev.kelpie.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// A loopback port in front of a unix socket, for clients that know TCP only.
final class TcpBridge implements AutoCloseable {
    private final ServerSocket server;
    private final Path socket;

    TcpBridge(Path socket) {
        this.socket = socket;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.ofPlatform().daemon().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            var answers = Thread.ofPlatform().daemon().start(() -> back(channel, client));
            var buffer = new byte[1 << 14];
            var input = client.getInputStream();
            for (int n = input.read(buffer); n >= 0; n = input.read(buffer)) {
                channel.write(ByteBuffer.wrap(buffer, 0, n));
            }
            channel.shutdownOutput();
            answers.join();
        } catch (IOException e) {
            return; // the client sees its connection closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void back(SocketChannel channel, Socket client) {
        try {
            var buffer = ByteBuffer.allocate(1 << 14);
            while (channel.read(buffer) >= 0) {
                client.getOutputStream().write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            client.close();
        } catch (IOException e) {
            return; // either side has closed
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.kelpie.app.service;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// Sends one request and tells what came back; run as another user.
final class ForeignCaller {
    private ForeignCaller() {}

    /// Asks on the socket that the first argument names for what the second one does.
    public static void main(String[] arguments) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(arguments[0]))) {
            var request =
                    arguments[1].equals("session")
                            ? HostileClient.UPGRADE
                            : "GET /_ping HTTP/1.1\r\nHost: k\r\n\r\n";
            System.out.println(talk(channel, request.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static String talk(SocketChannel channel, byte[] request) {
        try {
            channel.write(ByteBuffer.wrap(request));
            int count = channel.read(ByteBuffer.allocate(1024));
            return count < 0 ? "connected, no answer" : "answered";
        } catch (IOException _) {
            return "connected, no answer";
        }
    }
}

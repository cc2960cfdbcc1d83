package dev.kelpie.app.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// One raw connection to the service, for saying what no honest client says.
final class HostileClient implements AutoCloseable {
    static final String UPGRADE =
            """
            GET /kelpie/session HTTP/1.1
            Host: k
            Connection: Upgrade
            Upgrade: kelpie-session/2

            """
                    .replace("\n", "\r\n");

    private final SocketChannel channel;

    HostileClient(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    /// Connects and says the beginning; the service may have cut it off already.
    static HostileClient saying(Path socket, String text) throws IOException {
        var client = new HostileClient(socket);
        client.say(text.getBytes(ISO_8859_1));
        return client;
    }

    /// Whether the service still took it.
    boolean say(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// As much as fits without waiting: the count of bytes.
    int sayWhatFits(byte[] bytes) {
        try {
            channel.configureBlocking(false);
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining() && channel.write(buffer) > 0) {
                Thread.onSpinWait();
            }
            return buffer.position();
        } catch (IOException _) {
            return 0;
        }
    }

    /// Everything until the service closes, at most 64 KiB; empty when it just closes.
    String answer() {
        var answer = ByteBuffer.allocate(64 * 1024);
        try {
            while (answer.hasRemaining() && channel.read(answer) >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException _) {
            // reset: closed as well
        }
        return new String(answer.array(), 0, answer.position(), ISO_8859_1);
    }

    /// Some bytes of an answer; empty at the end.
    String some() throws IOException {
        var answer = ByteBuffer.allocate(64 * 1024);
        channel.read(answer);
        return new String(answer.array(), 0, answer.position(), ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

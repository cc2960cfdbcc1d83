package dev.kelpie.client;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A session's connection: whole frames in and out. One thread reads, any may write.
final class Connection implements AutoCloseable {
    private static final int HEADER = 5;
    private static final int BUFFER = 128 * 1024;
    private static final int MAX_HEAD = 8192;

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).flip();
    private final Object writing = new Object();
    private int type;

    private Connection(SocketChannel channel) {
        this.channel = channel;
    }

    /// Connects and asks for a session.
    ///
    /// @throws IOException when nobody answers there, or the one who did is just leaving
    /// @throws ClientException when the service refuses
    static Connection open(Path socket, String build) throws IOException {
        var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        try {
            var connection = new Connection(channel);
            connection.upgrade(build);
            return connection;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Sends one frame; the buffer is from {@link #frame}. When the service no longer listens the
    /// frame is dropped: the last that it said, its exit status too, is still to be read.
    void send(ByteBuffer frame) {
        frame.flip();
        synchronized (writing) {
            try {
                while (frame.hasRemaining()) {
                    channel.write(frame);
                }
            } catch (IOException _) {
                // the reading side tells
            }
        }
    }

    /// A buffer for a frame with a payload of this length.
    static ByteBuffer frame(int type, int length) {
        return ByteBuffer.allocate(HEADER + length).put((byte) type).putInt(length);
    }

    /// Waits for the next frame and returns its payload, which is good until the next call.
    ///
    /// @throws IOException when the service has closed the connection
    ByteBuffer receive() throws IOException {
        need(HEADER);
        type = in.get();
        int length = in.getInt();
        if (length < 0 || length > BUFFER - HEADER) {
            throw new IOException("frame of " + Integer.toUnsignedString(length) + " bytes");
        }
        need(length);
        var payload = in.slice(in.position(), length);
        in.position(in.position() + length);
        return payload;
    }

    /// The type of the frame that was received last.
    int type() {
        return type;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void upgrade(String build) throws IOException {
        var request =
                "GET /kelpie/session HTTP/1.1\r\nHost: kelpie\r\nConnection: Upgrade\r\n"
                        + "Upgrade: kelpie-session/2\r\nKelpie-Build: "
                        + build
                        + "\r\n\r\n";
        var bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        var status = readHead();
        if (status.startsWith("HTTP/1.1 409")) {
            throw new IOException("the service is leaving");
        }
        if (!status.startsWith("HTTP/1.1 101")) {
            throw new ClientException("the service refuses a session: " + status);
        }
    }

    /// Reads up to the empty line and returns the first line.
    private String readHead() throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            need(1);
            head.append((char) (in.get() & 0x7f));
            if (head.length() > MAX_HEAD) {
                throw new ClientException("the service's answer is no HTTP");
            }
        }
        return head.substring(0, head.indexOf("\r\n"));
    }

    private void need(int length) throws IOException {
        if (in.remaining() >= length) {
            return;
        }
        in.compact();
        try {
            while (in.position() < length) {
                if (channel.read(in) < 0) {
                    throw new IOException("the service has closed the connection");
                }
            }
        } finally {
            in.flip();
        }
    }
}

package dev.kelpie.runtime.conmon;

import dev.kelpie.runtime.kernel.PacketSocket;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A connection to conmon's attach socket: packets whose first byte says which stream.
final class HostAttachSession implements AttachSession {

    private static final int STDERR = 3;

    private final PacketSocket socket;

    HostAttachSession(PacketSocket socket) {
        this.socket = socket;
    }

    @Override
    public Optional<Chunk> read() throws InterruptedException {
        while (true) {
            var packet = socket.receive();
            if (packet.length == 0) {
                return Optional.empty();
            }
            if (packet.length > 1) {
                var stream = packet[0] == STDERR ? Stream.STDERR : Stream.STDOUT;
                return Optional.of(
                        new Chunk(stream, ByteBuffer.wrap(packet, 1, packet.length - 1)));
            }
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws InterruptedException {
        socket.send(bytes, offset, length);
    }

    @Override
    public void closeStdin() {
        socket.endSending();
    }

    @Override
    public void close() {
        socket.close();
    }
}

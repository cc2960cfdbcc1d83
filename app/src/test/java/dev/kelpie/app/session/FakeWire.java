package dev.kelpie.app.session;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Keeps what the service sends.
final class FakeWire implements Wire {
    private final List<byte[]> frames = new ArrayList<>();
    private boolean closed;

    @Override
    public OptionalInt peer() {
        return OptionalInt.empty();
    }

    @Override
    public synchronized void send(byte[] frame) {
        frames.add(frame);
        notifyAll();
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /// The payloads of all frames of this type so far.
    synchronized List<ByteBuffer> payloads(int type) {
        return frames.stream()
                .filter(frame -> frame[0] == type)
                .map(frame -> ByteBuffer.wrap(frame, 5, frame.length - 5).slice())
                .toList();
    }

    /// Waits for the first frame of this type.
    synchronized ByteBuffer await(int type) throws InterruptedException {
        while (payloads(type).isEmpty()) {
            wait();
        }
        return payloads(type).getFirst();
    }

    /// All bytes sent to a stream so far.
    synchronized byte[] bytes(int stream) {
        var bytes = new ByteArrayOutputStream();
        for (var payload : payloads(FrameType.DATA)) {
            if (payload.getInt() == stream) {
                bytes.write(payload.array(), payload.arrayOffset() + 4, payload.remaining());
            }
        }
        return bytes.toByteArray();
    }
}

package dev.kelpie.app.session;

import java.util.function.Consumer;

/// Cuts a byte stream into frames: type (1 byte), payload length (4 bytes, big endian), payload.
/// Never holds more than one frame's payload, and refuses a length before it reserves room for it.
final class FrameDecoder {
    private static final int HEADER = 5;

    private final Consumer<ClientFrame> frames;
    private final byte[] header = new byte[HEADER];
    private int headerLength;
    private byte[] payload = new byte[0];
    private int payloadLength;

    FrameDecoder(Consumer<ClientFrame> frames) {
        this.frames = frames;
    }

    /// Takes the next bytes, in any cut, and hands on each frame they complete.
    ///
    /// @throws ProtocolException when the bytes are no frames; nothing may be fed after that
    void feed(byte[] bytes) {
        int position = 0;
        while (position < bytes.length) {
            position +=
                    headerLength < HEADER
                            ? takeHeader(bytes, position)
                            : takePayload(bytes, position);
            if (headerLength == HEADER && payloadLength == payload.length) {
                headerLength = 0;
                frames.accept(ClientFrames.parse(header[0] & 0xff, payload));
            }
        }
    }

    private int takeHeader(byte[] bytes, int position) {
        int count = Math.min(HEADER - headerLength, bytes.length - position);
        System.arraycopy(bytes, position, header, headerLength, count);
        headerLength += count;
        if (headerLength == HEADER) {
            payload = new byte[checkedLength()];
            payloadLength = 0;
        }
        return count;
    }

    private int takePayload(byte[] bytes, int position) {
        int count = Math.min(payload.length - payloadLength, bytes.length - position);
        System.arraycopy(bytes, position, payload, payloadLength, count);
        payloadLength += count;
        return count;
    }

    private int checkedLength() {
        int type = header[0] & 0xff;
        long length = new PayloadReader(header).skip(1).u32();
        int limit = type == FrameType.START ? FrameType.MAX_START : FrameType.MAX_PAYLOAD;
        if (length > limit) {
            throw new ProtocolException(
                    "frame of type " + type + " may have " + limit + " bytes, has " + length);
        }
        return (int) length;
    }
}

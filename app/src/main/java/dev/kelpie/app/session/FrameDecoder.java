package dev.kelpie.app.session;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/// Cuts a byte stream into frames: type (1 byte), payload length (4 bytes, big endian), payload.
/// Refuses a length before it reserves room for it, reserves only for what has come, and hands the
/// bytes of DATA on as they come instead of keeping them.
final class FrameDecoder {
    private static final int HEADER = 5;
    private static final int STREAM = 4;
    private static final int FIRST_ROOM = 1024;

    private final Consumer<ClientFrame> frames;
    private final StartRoom.Share share;
    private final byte[] header = new byte[HEADER + STREAM];
    private int headerLength;
    private byte[] payload = new byte[0];
    private int payloadLength;
    private int wanted;

    FrameDecoder(Consumer<ClientFrame> frames, StartRoom.Share share) {
        this.frames = frames;
        this.share = share;
    }

    /// Takes the next bytes, in any cut, and hands on each frame they complete.
    ///
    /// @throws ProtocolException when the bytes are no frames; nothing may be fed after that
    void feed(byte[] bytes) {
        int position = 0;
        while (position < bytes.length) {
            position +=
                    headerLength < headerSize()
                            ? takeHeader(bytes, position)
                            : takePayload(bytes, position);
        }
    }

    /// DATA has its stream's number with the header: the rest need not be kept.
    private int headerSize() {
        return headerLength >= 1 && header[0] == FrameType.DATA ? HEADER + STREAM : HEADER;
    }

    private int takeHeader(byte[] bytes, int position) {
        header[headerLength++] = bytes[position];
        if (headerLength == HEADER) {
            wanted = checkedLength();
            payloadLength = 0;
            payload = new byte[isData() ? 0 : Math.min(wanted, FIRST_ROOM)];
        }
        if (headerLength == headerSize()) {
            wanted -= headerLength - HEADER;
            if (wanted == 0) {
                complete(ByteBuffer.allocate(0));
            }
        }
        return 1;
    }

    private boolean isData() {
        return header[0] == FrameType.DATA;
    }

    private int takePayload(byte[] bytes, int position) {
        int count = Math.min(wanted - payloadLength, bytes.length - position);
        if (isData()) {
            payloadLength += count;
            complete(ByteBuffer.wrap(Arrays.copyOfRange(bytes, position, position + count)));
        } else {
            keep(bytes, position, count);
            if (payloadLength == wanted) {
                complete(ByteBuffer.allocate(0));
            }
        }
        return count;
    }

    private void keep(byte[] bytes, int position, int count) {
        int needed = payloadLength + count;
        if (needed > payload.length) {
            int room = (int) Math.min(wanted, Math.max(needed, payload.length * 2L));
            payload = Arrays.copyOf(payload, room);
        }
        System.arraycopy(bytes, position, payload, payloadLength, count);
        payloadLength = needed;
    }

    private void complete(ByteBuffer data) {
        if (payloadLength == wanted) {
            headerLength = 0;
        }
        if (isData()) {
            int stream = new PayloadReader(header).skip(HEADER).u31();
            frames.accept(new ClientFrame.Bytes(stream, data));
            return;
        }
        var whole = payload;
        payload = new byte[0];
        frames.accept(ClientFrames.parse(header[0] & 0xff, whole));
    }

    private int checkedLength() {
        int type = header[0] & 0xff;
        long length = new PayloadReader(header).skip(1).u32();
        long limit = FrameType.limit(type);
        if (length > limit) {
            throw new ProtocolException(
                    "frame of type " + type + " may have " + limit + " bytes, has " + length);
        }
        if (isData() && length < STREAM) {
            throw new ProtocolException("frame is too short: 4 bytes wanted, " + length + " left");
        }
        if (type == FrameType.START) {
            share.take((int) length);
        }
        return (int) length;
    }
}

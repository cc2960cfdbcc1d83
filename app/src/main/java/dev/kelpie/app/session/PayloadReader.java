package dev.kelpie.app.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads the fields of one payload; every length is checked against what is there.
final class PayloadReader {
    private final ByteBuffer payload;

    PayloadReader(byte[] payload) {
        this.payload = ByteBuffer.wrap(payload);
    }

    int u8() {
        need(1);
        return payload.get() & 0xff;
    }

    PayloadReader skip(int length) {
        need(length);
        payload.position(payload.position() + length);
        return this;
    }

    int u16() {
        need(2);
        return payload.getShort() & 0xffff;
    }

    /// An unsigned 32-bit number that must fit in an `int`.
    int u31() {
        need(4);
        int value = payload.getInt();
        if (value < 0) {
            throw new ProtocolException("number is too large: " + Integer.toUnsignedString(value));
        }
        return value;
    }

    /// Any 32 bits, such as a user's number.
    int i32() {
        need(4);
        return payload.getInt();
    }

    long u32() {
        need(4);
        return payload.getInt() & 0xffff_ffffL;
    }

    long u63() {
        need(8);
        long value = payload.getLong();
        if (value < 0) {
            throw new ProtocolException("number is too large: " + Long.toUnsignedString(value));
        }
        return value;
    }

    String text() {
        byte[] bytes = bytes(u31());
        for (byte each : bytes) {
            if (each == 0) {
                throw new ProtocolException("text holds a NUL byte");
            }
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    List<String> texts() {
        int count = u31();
        need((long) count * 4);
        var texts = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            texts.add(text());
        }
        return texts;
    }

    /// All that is left, as text.
    String rest() {
        return new String(bytes(payload.remaining()), StandardCharsets.UTF_8);
    }

    ByteBuffer restBytes() {
        var rest = payload.slice();
        payload.position(payload.limit());
        return rest;
    }

    boolean hasMore() {
        return payload.hasRemaining();
    }

    void end() {
        if (payload.hasRemaining()) {
            throw new ProtocolException(
                    "frame has " + payload.remaining() + " bytes more than it should");
        }
    }

    private byte[] bytes(int length) {
        need(length);
        var bytes = new byte[length];
        payload.get(bytes);
        return bytes;
    }

    private void need(long length) {
        if (payload.remaining() < length) {
            throw new ProtocolException(
                    "frame is too short: "
                            + length
                            + " bytes wanted, "
                            + payload.remaining()
                            + " left");
        }
    }
}

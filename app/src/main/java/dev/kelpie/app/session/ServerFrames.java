package dev.kelpie.app.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Builds the frames that the service sends.
final class ServerFrames {
    private ServerFrames() {}

    static byte[] data(int stream, byte[] bytes, int offset, int length) {
        return frame(FrameType.DATA, 4 + length).putInt(stream).put(bytes, offset, length).array();
    }

    static byte[] credit(int stream, int bytes) {
        return frame(FrameType.CREDIT, 8).putInt(stream).putInt(bytes).array();
    }

    static byte[] raw(boolean on) {
        return frame(FrameType.RAW, 1).put((byte) (on ? 1 : 0)).array();
    }

    static byte[] exit(int status) {
        return frame(FrameType.EXIT, 1).put((byte) status).array();
    }

    static byte[] close(int request) {
        return frame(FrameType.CLOSE, 4).putInt(request).array();
    }

    /// OPEN, LIST or LOOK_UP.
    static byte[] ask(int type, int request, String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        return frame(type, 4 + bytes.length).putInt(request).put(bytes).array();
    }

    private static ByteBuffer frame(int type, int length) {
        return ByteBuffer.allocate(5 + length).put((byte) type).putInt(length);
    }
}

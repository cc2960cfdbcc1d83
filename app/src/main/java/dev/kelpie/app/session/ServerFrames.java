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

    static byte[] end(int stream) {
        return frame(FrameType.END, 4).putInt(stream).array();
    }

    static byte[] make(int request, NewFile file) {
        byte[] path = file.path().getBytes(StandardCharsets.UTF_8);
        byte[] target = file.target().getBytes(StandardCharsets.UTF_8);
        return frame(FrameType.MAKE, 22 + path.length + target.length)
                .putInt(request)
                .put((byte) letter(file.kind()))
                .putInt(file.mode())
                .putLong(file.modified().getEpochSecond())
                .put((byte) (file.overwrite() ? 1 : 0))
                .putInt(path.length)
                .put(path)
                .put(target)
                .array();
    }

    private static char letter(ClientFile.Kind kind) {
        return switch (kind) {
            case FILE -> '-';
            case DIRECTORY -> 'd';
            case LINK -> 'l';
            case OTHER -> '?';
        };
    }

    private static ByteBuffer frame(int type, int length) {
        return ByteBuffer.allocate(5 + length).put((byte) type).putInt(length);
    }
}

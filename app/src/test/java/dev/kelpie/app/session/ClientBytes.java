package dev.kelpie.app.session;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Builds frames as a client would, or as one should not.
final class ClientBytes {
    /// Writes a payload.
    interface Payload {
        void write(DataOutputStream out) throws IOException;
    }

    private ClientBytes() {}

    static byte[] frame(int type, Payload payload) {
        var bytes = bytes(payload);
        return bytes(out -> {
            out.writeByte(type);
            out.writeInt(bytes.length);
            out.write(bytes);
        });
    }

    static byte[] bytes(Payload payload) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            payload.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] start(String... arguments) {
        return frame(
                FrameType.START,
                out -> {
                    texts(out, List.of(arguments));
                    text(out, "/work");
                    texts(out, List.of("HOME=/root", "EMPTY=", "=odd"));
                    out.writeByte(0b011);
                    out.writeShort(24);
                    out.writeShort(80);
                    out.writeInt(022);
                });
    }

    static byte[] data(int stream, String text) {
        return frame(
                FrameType.DATA,
                out -> {
                    out.writeInt(stream);
                    out.write(text.getBytes(StandardCharsets.UTF_8));
                });
    }

    static byte[] end(int stream) {
        return frame(FrameType.END, out -> out.writeInt(stream));
    }

    static byte[] numbers(int type, int... numbers) {
        return frame(
                type,
                out -> {
                    for (int number : numbers) {
                        out.writeInt(number);
                    }
                });
    }

    static byte[] signal(int number) {
        return frame(FrameType.SIGNAL, out -> out.writeByte(number));
    }

    static void texts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (var text : texts) {
            text(out, text);
        }
    }

    static void text(DataOutputStream out, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}

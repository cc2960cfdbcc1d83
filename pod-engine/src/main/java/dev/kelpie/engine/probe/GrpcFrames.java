package dev.kelpie.engine.probe;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The few HTTP/2 frames that one call needs.
final class GrpcFrames {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RESET = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int ACK = 1;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    static final int PADDED = 8;

    private static final int LONGEST = 16 * 1024;
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private GrpcFrames() {}

    /// One frame as it came.
    static final class Frame {

        private final int type;
        private final int flags;
        private final int stream;
        private final byte[] payload;

        private Frame(int type, int flags, int stream, byte[] payload) {
            this.type = type;
            this.flags = flags;
            this.stream = stream;
            this.payload = payload;
        }

        int type() {
            return type;
        }

        byte[] payload() {
            return payload;
        }

        boolean has(int flag) {
            return (flags & flag) != 0;
        }

        boolean endsCall() {
            return stream == 1 && has(END_STREAM) && (type == DATA || type == HEADERS);
        }

        /// What a DATA frame carries without its padding.
        byte[] data() throws IOException {
            if (!has(PADDED)) {
                return payload;
            }
            var padding = payload.length == 0 ? 1 : payload[0] & 0xFF;
            if (padding + 1 > payload.length) {
                throw new IOException("a frame of nothing but padding");
            }
            return Arrays.copyOfRange(payload, 1, payload.length - padding);
        }
    }

    static Frame read(DataInputStream in) throws IOException {
        var head = new byte[9];
        in.readFully(head);
        var length = (head[0] & 0xFF) << 16 | (head[1] & 0xFF) << 8 | (head[2] & 0xFF);
        if (length > LONGEST) {
            throw new IOException("not HTTP/2: a frame of " + length + " bytes");
        }
        var stream =
                (head[5] & 0x7F) << 24
                        | (head[6] & 0xFF) << 16
                        | (head[7] & 0xFF) << 8
                        | (head[8] & 0xFF);
        var payload = new byte[length];
        in.readFully(payload);
        return new Frame(head[3] & 0xFF, head[4] & 0xFF, stream, payload);
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) {
        var bytes = new byte[9 + payload.length];
        bytes[0] = (byte) (payload.length >> 16);
        bytes[1] = (byte) (payload.length >> 8);
        bytes[2] = (byte) payload.length;
        bytes[3] = (byte) type;
        bytes[4] = (byte) flags;
        bytes[8] = (byte) stream;
        System.arraycopy(payload, 0, bytes, 9, payload.length);
        return bytes;
    }

    /// Everything the client says: preface, settings, the call's headers and its one message.
    static byte[] request(String authority, String service) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(PREFACE);
        out.writeBytes(frame(SETTINGS, 0, 0, new byte[0]));
        out.writeBytes(frame(HEADERS, END_HEADERS, 1, headers(authority)));
        out.writeBytes(frame(DATA, END_STREAM, 1, message(service)));
        return out.toByteArray();
    }

    /// HPACK (RFC 7541) without its tables: literal names and values, which every server knows.
    private static byte[] headers(String authority) {
        var out = new ByteArrayOutputStream();
        literal(out, ":method", "POST");
        literal(out, ":scheme", "http");
        literal(out, ":path", "/grpc.health.v1.Health/Check");
        literal(out, ":authority", authority);
        literal(out, "content-type", "application/grpc");
        literal(out, "te", "trailers");
        literal(out, "user-agent", "kube-probe/kelpie");
        return out.toByteArray();
    }

    private static void literal(ByteArrayOutputStream out, String name, String value) {
        out.write(0); // literal header field without indexing, new name
        string(out, name);
        string(out, value);
    }

    private static void string(ByteArrayOutputStream out, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 126) {
            throw new IllegalArgumentException("too long for a header: '" + text + "'");
        }
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    /// `HealthCheckRequest { string service = 1; }` behind gRPC's five bytes.
    private static byte[] message(String service) {
        var body = new ByteArrayOutputStream();
        var name = service.getBytes(StandardCharsets.UTF_8);
        if (name.length > 0) {
            body.write(0x0A);
            varint(body, name.length);
            body.writeBytes(name);
        }
        var out = new ByteArrayOutputStream();
        out.write(0);
        out.writeBytes(new byte[] {0, 0, (byte) (body.size() >> 8), (byte) body.size()});
        out.writeBytes(body.toByteArray());
        return out.toByteArray();
    }

    private static void varint(ByteArrayOutputStream out, int value) {
        var rest = value;
        while (rest > 0x7F) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}

package dev.kelpie.engine.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/// The first message of an answer as it grows: `HealthCheckResponse { ServingStatus status = 1; }`.
final class GrpcMessage {

    private static final int LONGEST = 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void add(byte[] more) throws IOException {
        if (bytes.size() + more.length > LONGEST) {
            throw new IOException("an answer of more than 1 KB");
        }
        bytes.writeBytes(more);
    }

    /// The status once the message is whole; one that is left out is the first, UNKNOWN.
    Optional<Integer> status() throws IOException {
        var all = bytes.toByteArray();
        if (all.length < 5) {
            return Optional.empty();
        }
        var length =
                (all[1] & 0xFF) << 24
                        | (all[2] & 0xFF) << 16
                        | (all[3] & 0xFF) << 8
                        | (all[4] & 0xFF);
        if (all[0] != 0 || length < 0 || length > LONGEST) {
            throw new IOException("malformed answer");
        }
        if (all.length < 5 + length) {
            return Optional.empty();
        }
        return Optional.of(length == 0 ? 0 : status(all, 5, length));
    }

    private static int status(byte[] all, int from, int length) throws IOException {
        if (length < 2 || all[from] != 0x08 || all[from + 1] < 0) {
            throw new IOException("malformed answer");
        }
        return all[from + 1];
    }
}

package dev.kelpie.engine;

import java.time.Instant;

/// A piece of a container's output.
///
/// @param latin1 the bytes, one char each (ISO-8859-1), without the line's end
/// @param complete false when the line goes on in the next piece of the same stream
public record LogLine(Instant time, boolean stderr, String latin1, boolean complete) {

    /// The bytes as the container wrote them.
    public byte[] bytes() {
        return latin1.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /// The bytes read as UTF-8.
    public String text() {
        return new String(bytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
}

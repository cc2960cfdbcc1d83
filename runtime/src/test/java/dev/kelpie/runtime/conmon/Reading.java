package dev.kelpie.runtime.conmon;

import java.nio.charset.StandardCharsets;

/// Reads a session to its end.
final class Reading {

    private Reading() {}

    /// stdout, `|`, stderr.
    static String all(AttachSession session) throws InterruptedException {
        var out = new StringBuilder();
        var err = new StringBuilder();
        for (var chunk = session.read(); chunk.isPresent(); chunk = session.read()) {
            var text = StandardCharsets.UTF_8.decode(chunk.get().bytes());
            (chunk.get().stream() == AttachSession.Stream.STDOUT ? out : err).append(text);
        }
        return out + "|" + err;
    }
}

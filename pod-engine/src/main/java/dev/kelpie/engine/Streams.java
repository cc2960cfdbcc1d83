package dev.kelpie.engine;

import dev.kelpie.runtime.conmon.AttachSession;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/// The streams of a container or exec session as the outside sees them, over conmon's session.
final class Streams {

    private Streams() {}

    /// Hands output over until it ends.
    static void relay(AttachSession session, OutputStream stdout, OutputStream stderr)
            throws IOException, InterruptedException {
        while (true) {
            var chunk = session.read();
            if (chunk.isEmpty()) {
                return;
            }
            var out = chunk.get().stream() == AttachSession.Stream.STDOUT ? stdout : stderr;
            var bytes = chunk.get().bytes();
            out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            out.flush();
        }
    }

    /// Standard input; closing it gives end-of-file.
    static OutputStream stdin(AttachSession session) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    session.write(bytes, offset, length);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException(e.getMessage());
                }
            }

            @Override
            public void close() {
                session.closeStdin();
            }
        };
    }
}

package dev.kelpie.app.session;

import java.io.FilterOutputStream;
import java.io.IOException;

/// The content of a file that the client makes; closing it waits until the client has it all.
final class FileOutput extends FilterOutputStream {
    /// The client's last word on it.
    interface Finish {
        void run() throws IOException;
    }

    private final CreditedOutput bytes;
    private final Finish finish;
    private boolean closed;

    FileOutput(CreditedOutput bytes, Finish finish) {
        super(bytes);
        this.bytes = bytes;
        this.finish = finish;
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        bytes.write(from, offset, length);
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            finish.run();
        }
    }
}

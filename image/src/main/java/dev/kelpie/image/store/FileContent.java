package dev.kelpie.image.store;

import java.io.IOException;

/// A file's bytes, once, in order, with its holes left out.
public interface FileContent {

    /// The size that the file has in the end, in bytes.
    long size();

    /// Hands every stretch of bytes to `sink`, offsets ascending; what is not handed over is a
    /// hole.
    void writeTo(Sink sink) throws IOException;

    /// Where the bytes go.
    interface Sink {
        void write(long offset, byte[] buffer, int count) throws IOException;
    }
}

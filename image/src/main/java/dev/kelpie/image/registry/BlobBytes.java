package dev.kelpie.image.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.util.function.LongConsumer;

/// Where a blob's bytes come from; opened anew for each attempt.
@FunctionalInterface
interface BlobBytes {

    InputStream open() throws IOException;

    /// A part of the bytes as a request's body, of known length.
    default HttpRequest.BodyPublisher publisher(long start, long length, LongConsumer progress) {
        return length == 0
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.fromPublisher(
                        HttpRequest.BodyPublishers.ofInputStream(
                                () -> part(start, length, progress)),
                        length);
    }

    private InputStream part(long start, long length, LongConsumer progress) {
        try {
            var in = open();
            in.skipNBytes(start);
            return new Part(in, start, length, progress);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Stops after `length` bytes and tells how far it is.
    final class Part extends FilterInputStream {
        private final LongConsumer progress;
        private long done;
        private long left;

        Part(InputStream in, long start, long length, LongConsumer progress) {
            super(in);
            this.done = start;
            this.left = length;
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int count) throws IOException {
            if (left == 0) {
                return -1;
            }
            var got = super.read(buffer, offset, (int) Math.min(count, left));
            if (got > 0) {
                left -= got;
                done += got;
                progress.accept(done);
            }
            return got;
        }
    }
}

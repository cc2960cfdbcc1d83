package dev.kelpie.image.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A decompressed stream that ends in an error when it becomes absurdly longer than what it was
/// made from: the whole archive around layers may be a bomb too.
public final class RatioGuard extends FilterInputStream {

    private final Raw raw;
    private final UnpackLimits limits;
    private long count;

    private RatioGuard(Raw raw, InputStream plain, UnpackLimits limits) {
        super(plain);
        this.raw = raw;
        this.limits = limits;
    }

    /// Decompresses `in` under guard.
    public static InputStream decompress(InputStream in, UnpackLimits limits) throws IOException {
        var raw = new Raw(in);
        return new RatioGuard(raw, Decompression.of(raw), limits);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        var n = in.read(buffer, offset, length);
        count += Math.max(n, 0);
        if (count > limits.freeBytes() && count / limits.ratio() > raw.count) {
            throw new IOException(
                    "unpacks to more than " + limits.ratio() + " times its size, like a bomb");
        }
        return n;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public long skip(long n) throws IOException {
        return Math.max(0, read(new byte[(int) Math.min(n, 8192)], 0, (int) Math.min(n, 8192)));
    }

    private static final class Raw extends FilterInputStream {
        private long count;

        Raw(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var b = in.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            var n = in.read(buffer, offset, length);
            count += Math.max(n, 0);
            return n;
        }
    }
}

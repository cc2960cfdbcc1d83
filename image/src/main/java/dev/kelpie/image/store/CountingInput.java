package dev.kelpie.image.store;

import dev.kelpie.image.spec.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/// Counts and hashes what is read, and stops at a limit.
final class CountingInput extends FilterInputStream {

    private final MessageDigest hash;
    private final long most;
    private long count;

    CountingInput(InputStream in, MessageDigest hash, long most) {
        super(in);
        this.hash = hash;
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        var n = in.read(buffer, offset, length);
        if (n > 0) {
            hash.update(buffer, offset, n);
            count += n;
            if (count > most) {
                throw new IOException("holds more than " + most + " bytes when unpacked");
            }
        }
        return n;
    }

    @Override
    public long skip(long n) throws IOException {
        var buffer = new byte[(int) Math.min(n, 8192)];
        var read = read(buffer, 0, buffer.length);
        return Math.max(read, 0);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    long count() {
        return count;
    }

    Digest digest() {
        return Digest.from(hash);
    }
}

package dev.kelpie.image.store;

import dev.kelpie.image.BadImageException;
import dev.kelpie.image.spec.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;

/// A blob on its way in: bytes go to a temporary file and into the digest; [#commit] puts it in its
/// place, closing without that throws it away. What goes wrong with the disk is an
/// [dev.kelpie.image.ImageStoreException].
public final class BlobWriter extends OutputStream {

    private final Disk disk;
    private final BlobStore blobs;
    private final Path temporary;
    private final FileChannel channel;
    private final MessageDigest hash;
    private long size;
    private boolean committed;

    BlobWriter(Disk disk, BlobStore blobs) throws IOException {
        this.disk = disk;
        this.blobs = blobs;
        this.hash = disk.trees().sha256();
        this.temporary = disk.temporary("blob");
        this.channel = disk.create(temporary);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            var buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw disk.failed("write to '" + disk.root() + "'", e);
        }
        hash.update(bytes, offset, length);
        size += length;
    }

    /// Takes everything from `in`; what reading throws is the caller's, what writing throws is a
    /// store error.
    public void copyFrom(InputStream in) throws IOException {
        var buffer = new byte[1 << 16];
        for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            write(buffer, 0, count);
        }
    }

    /// How many bytes came so far.
    public long size() {
        return size;
    }

    /// Keeps the blob if it is what was promised; `what` begins the message when it is not.
    public void commit(Lease lease, Digest expected, String what) {
        var actual = Digest.from(hash);
        if (!actual.equals(expected)) {
            throw new BadImageException(
                    what + " is not what it claims: expected " + expected + ", got " + actual);
        }
        keep(lease, actual);
    }

    /// Keeps the blob under whatever digest it has.
    public Digest commit(Lease lease) {
        var actual = Digest.from(hash);
        keep(lease, actual);
        return actual;
    }

    private void keep(Lease lease, Digest digest) {
        try {
            if (!blobs.has(digest, lease)) {
                channel.force(true);
                channel.close();
                disk.rename(temporary, blobs.path(digest));
                committed = true;
            }
        } catch (IOException e) {
            throw disk.failed("store " + digest, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
            if (!committed) {
                disk.discard(temporary);
            }
        } catch (IOException e) {
            throw disk.failed("write to '" + disk.root() + "'", e);
        }
    }
}

package dev.kelpie.image.tar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// Reads a tar stream entry by entry: POSIX ustar and pax, GNU, and V7. Nothing in a header is
/// believed beyond the limits here; memory stays below a few MB whatever comes.
public final class TarReader {

    /// A PAX header holds the extended attributes (64 KiB each at most) and two long names.
    private static final int LONGEST_EXTENSION = 1 << 20;

    private static final long LARGEST_ID = 0xffff_fffeL;

    private final InputStream in;
    private final Block block = new Block();
    private long remaining;
    private int padding;
    private boolean ended;

    public TarReader(InputStream in) {
        this.in = in;
    }

    /// The next entry, what is left of the one before skipped; nothing at the end of the archive.
    public Optional<TarEntry> next() throws IOException {
        var extensions = new Extensions();
        while (!ended) {
            skipRest();
            if (!readBlock()) {
                ended = true;
                break;
            }
            if (block.isZero()) {
                ended = true;
                break;
            }
            block.checkSum();
            if (extensions.take(this)) {
                continue;
            }
            return Optional.of(entry(extensions));
        }
        if (extensions.any()) {
            throw new TarException("archive ends after an extended header");
        }
        return Optional.empty();
    }

    /// Reads stored bytes of the current entry; -1 when there are no more.
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (remaining == 0) {
            return -1;
        }
        var count = in.read(buffer, offset, (int) Math.min(length, remaining));
        if (count < 0) {
            throw cutShort();
        }
        remaining -= count;
        return count;
    }

    /// The current entry's stored bytes as a stream, to be read before the next call of [#next].
    public InputStream content() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return TarReader.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return length == 0 ? 0 : TarReader.this.read(buffer, offset, length);
            }
        };
    }

    /// Reads to the very end of the stream, past the end marks: their padding counts in a digest.
    public void drain() throws IOException {
        var buffer = new byte[8192];
        while (in.read(buffer) >= 0) {
            // only the digest behind the stream wants these bytes
        }
    }

    private TarEntry entry(Extensions extensions) throws IOException {
        var pax = extensions.pax;
        var type = type(block.typeFlag(), block.name());
        var name = pax.text("path").or(() -> extensions.longName).orElse(block.name());
        var link = pax.text("linkpath").or(() -> extensions.longLink).orElse(block.linkName());
        var attributes = attributes(pax);
        var device = type == TarEntry.Type.CHARACTER_DEVICE || type == TarEntry.Type.BLOCK_DEVICE;
        var major = device ? (int) block.number(329, 8, "device number") : 0;
        var minor = device ? (int) block.number(337, 8, "device number") : 0;
        var flag = block.typeFlag();
        // a size on a link or directory is a leftover, but a file's data follow in any case
        var stored = type == TarEntry.Type.FILE ? pax.number("size").orElse(block.size()) : 0;
        if (stored > 1L << 50) {
            throw new TarException("size of '" + shown(name) + "' is absurd: " + stored);
        }
        begin(stored);
        var sparse = new SparseMap(this, block, pax).read(flag, stored);
        return new TarEntry(
                pax.text("GNU.sparse.name").orElse(name),
                type,
                link,
                attributes,
                major,
                minor,
                sparse.size(),
                sparse.stretches());
    }

    private TarAttributes attributes(PaxRecords pax) throws TarException {
        var uid = pax.number("uid").orElse(block.number(108, 8, "uid"));
        var gid = pax.number("gid").orElse(block.number(116, 8, "gid"));
        if (uid < 0 || uid > LARGEST_ID || gid < 0 || gid > LARGEST_ID) {
            throw new TarException("owner is out of range: " + uid + ":" + gid);
        }
        var seconds = block.number(136, 12, "mtime");
        return new TarAttributes(
                uid,
                gid,
                (int) (block.number(100, 8, "mode") & 07777),
                pax.time("mtime").orElse(Instant.ofEpochSecond(inRange(seconds))),
                pax.xattrs());
    }

    private static long inRange(long seconds) {
        return Math.clamp(seconds, Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond());
    }

    private static TarEntry.Type type(char flag, String name) throws TarException {
        return switch (flag) {
            case '0', '7', 'S' -> TarEntry.Type.FILE;
            // V7 knows directories only by the slash
            case 0 -> name.endsWith("/") ? TarEntry.Type.DIRECTORY : TarEntry.Type.FILE;
            case '1' -> TarEntry.Type.HARD_LINK;
            case '2' -> TarEntry.Type.SYMLINK;
            case '3' -> TarEntry.Type.CHARACTER_DEVICE;
            case '4' -> TarEntry.Type.BLOCK_DEVICE;
            case '5' -> TarEntry.Type.DIRECTORY;
            case '6' -> TarEntry.Type.FIFO;
            default ->
                    throw new TarException(
                            "entry '" + shown(name) + "' is of unknown type '" + flag + "'");
        };
    }

    private void begin(long stored) {
        remaining = stored;
        padding = (int) (-stored & (Block.SIZE - 1));
    }

    private void skipRest() throws IOException {
        try {
            in.skipNBytes(remaining + padding);
        } catch (EOFException e) {
            throw cutShort();
        }
        remaining = 0;
        padding = 0;
    }

    /// Reads a block of the current entry's data, as GNU's sparse maps are stored.
    boolean readBlock() throws IOException {
        var count = in.readNBytes(block.bytes, 0, Block.SIZE);
        if (count != 0 && count != Block.SIZE) {
            throw cutShort();
        }
        return count == Block.SIZE;
    }

    byte[] readExtension() throws IOException {
        var size = block.size();
        if (size > LONGEST_EXTENSION) {
            throw new TarException("extended header is too long: " + size + " bytes");
        }
        begin(size);
        var bytes = in.readNBytes((int) size);
        if (bytes.length != size) {
            throw cutShort();
        }
        remaining = 0;
        return bytes;
    }

    Block block() {
        return block;
    }

    /// Passes over data that no entry stands for.
    void skipData() throws IOException {
        begin(block.size());
    }

    private static EOFException cutShort() {
        return new EOFException("archive is cut short");
    }

    static String shown(String name) {
        var bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

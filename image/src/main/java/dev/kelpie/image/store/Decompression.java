package dev.kelpie.image.store;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/// Takes off gzip or zstd, told by the first bytes, not by what anybody says; else hands the stream
/// on as it is. All gzip members and zstd frames are read, to the end; garbage after them is an
/// error.
public final class Decompression {

    /// The window that `zstd --ultra` asks for: 128 MB, touched only as far as data fills it.
    private static final int LARGEST_WINDOW_LOG = 27;

    private static final int BUFFER = 1 << 16;

    private Decompression() {}

    public static InputStream of(InputStream in) throws IOException {
        var buffered = new BufferedInputStream(in, BUFFER);
        buffered.mark(4);
        var magic = buffered.readNBytes(4);
        buffered.reset();
        if (startsWith(magic, 0x1f, 0x8b)) {
            return GzipCompressorInputStream.builder()
                    .setInputStream(buffered)
                    .setDecompressConcatenated(true)
                    .get();
        }
        if (startsWith(magic, 0x28, 0xb5, 0x2f, 0xfd) || isSkippableFrame(magic)) {
            var zstd = new ZstdInputStream(buffered);
            zstd.setLongMax(LARGEST_WINDOW_LOG);
            return zstd;
        }
        if (startsWith(magic, 'B', 'Z', 'h') || startsWith(magic, 0xfd, '7', 'z', 'X')) {
            throw new ZipException("compressed with bzip2 or xz, only gzip and zstd are supported");
        }
        return buffered;
    }

    /// RFC 8878, section 3.1.2: zstd streams may begin with frames to skip.
    private static boolean isSkippableFrame(byte[] magic) {
        return magic.length == 4
                && (magic[0] & 0xf0) == 0x50
                && magic[1] == 0x2a
                && magic[2] == 0x4d
                && magic[3] == 0x18;
    }

    private static boolean startsWith(byte[] magic, int... expected) {
        if (magic.length < expected.length) {
            return false;
        }
        for (var i = 0; i < expected.length; i++) {
            if ((magic[i] & 0xff) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}

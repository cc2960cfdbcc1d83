package dev.kelpie.image.registry;

import com.github.luben.zstd.ZstdOutputStream;
import dev.kelpie.image.spec.MediaType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/// How a layer's tar stream is packed.
public enum Compression {
    NONE,
    GZIP,
    ZSTD;

    private static final int BUFFER = 1 << 16;

    public static Optional<Compression> parse(String word) {
        return Arrays.stream(values()).filter(each -> each.toString().equals(word)).findFirst();
    }

    /// Of a layer, by the type its descriptor gives it.
    static Compression of(MediaType layer) {
        var type = layer.value();
        if (type.endsWith("gzip")) {
            return GZIP;
        }
        return type.endsWith("zstd") ? ZSTD : NONE;
    }

    int mostLevel() {
        return this == ZSTD ? 22 : 9;
    }

    /// Packs what is written; closing ends the packed stream and closes `out`.
    OutputStream onto(OutputStream out, Optional<Integer> level) throws IOException {
        return switch (this) {
            case NONE -> out;
            case GZIP -> new Gzip(out, level.orElse(6));
            case ZSTD -> new ZstdOutputStream(out, level.orElse(3));
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream out, int level) throws IOException {
            super(out, BUFFER);
            def.setLevel(level);
        }
    }
}

package dev.kelpie.image.tar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What the headers before an entry say about it.
final class Extensions {

    final PaxRecords pax = new PaxRecords();
    Optional<String> longName = Optional.empty();
    Optional<String> longLink = Optional.empty();
    private int count;

    /// Takes the header in if it is about the next entry; false when it is an entry itself.
    boolean take(TarReader reader) throws IOException {
        switch (reader.block().typeFlag()) {
            case 'x', 'X' -> pax.parse(reader.readExtension());
            case 'L' -> longName = Optional.of(untilNul(reader.readExtension()));
            case 'K' -> longLink = Optional.of(untilNul(reader.readExtension()));
            // global headers (git archive writes them) and volume labels concern no file here
            case 'g', 'V' -> {
                reader.skipData();
                return true;
            }
            default -> {
                return false;
            }
        }
        if (++count > 8) {
            throw new TarException("too many extended headers in a row");
        }
        return true;
    }

    boolean any() {
        return count > 0;
    }

    private static String untilNul(byte[] bytes) {
        var end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    }
}

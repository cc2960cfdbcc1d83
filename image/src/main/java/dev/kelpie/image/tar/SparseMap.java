package dev.kelpie.image.tar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The maps of sparse files: GNU's old header, and the three PAX forms 0.0, 0.1 and 1.0 (GNU tar
/// manual, "Storing Sparse Files").
final class SparseMap {

    private static final int MOST_STRETCHES = 200_000;

    /// What a map says: the file's full size and where its stored bytes go.
    record Layout(long size, List<TarEntry.Stretch> stretches) {}

    private final TarReader reader;
    private final Block header;
    private final PaxRecords pax;
    private final List<TarEntry.Stretch> stretches = new ArrayList<>();

    SparseMap(TarReader reader, Block header, PaxRecords pax) {
        this.reader = reader;
        this.header = header;
        this.pax = pax;
    }

    Layout read(char flag, long stored) throws IOException {
        if (flag == 'S') {
            var real = header.number(483, 12, "real size");
            readOldGnu();
            return checked(real, stored);
        }
        if (pax.number("GNU.sparse.major").orElse(0L) == 1) {
            var real = pax.number("GNU.sparse.realsize").orElse(-1L);
            var mapSize = readFromData();
            return checked(real, stored - mapSize);
        }
        var size = pax.number("GNU.sparse.size");
        if (size.isEmpty()) {
            return new Layout(
                    stored, stored == 0 ? List.of() : List.of(new TarEntry.Stretch(0, stored)));
        }
        readFromRecords();
        return checked(size.get(), stored);
    }

    private void readOldGnu() throws IOException {
        addFields(386, 4);
        var more = header.bytes[482] != 0;
        while (more) {
            // the extension blocks stand between the header and the data and are not in its size
            if (!reader.readBlock()) {
                throw new TarException("sparse map is cut short");
            }
            addFields(0, 21);
            more = header.bytes[504] != 0;
        }
    }

    private void addFields(int from, int count) throws TarException {
        for (var i = 0; i < count; i++) {
            var at = from + 24 * i;
            if (header.bytes[at] == 0) {
                return;
            }
            add(
                    header.number(at, 12, "sparse offset"),
                    header.number(at + 12, 12, "sparse length"));
        }
    }

    private void readFromRecords() throws TarException {
        var map = pax.text("GNU.sparse.map");
        if (map.isEmpty()) {
            addPairs(pax.sparseNumbers());
            return;
        }
        var numbers = new ArrayList<Long>();
        for (var number : map.get().split(",", -1)) {
            numbers.add(
                    PaxRecords.decimal(number.getBytes(StandardCharsets.ISO_8859_1), "sparse map"));
        }
        addPairs(numbers);
    }

    private void addPairs(List<Long> numbers) throws TarException {
        if (numbers.size() % 2 != 0) {
            throw new TarException("sparse map has an odd number of values");
        }
        for (var i = 0; i < numbers.size(); i += 2) {
            add(numbers.get(i), numbers.get(i + 1));
        }
    }

    /// Version 1.0: decimal lines at the beginning of the data, filled up to a block.
    private long readFromData() throws IOException {
        var lines = new Lines();
        var count = lines.next();
        if (count > MOST_STRETCHES) {
            throw new TarException("sparse map has too many stretches: " + count);
        }
        for (var i = 0; i < count; i++) {
            add(lines.next(), lines.next());
        }
        return lines.finish();
    }

    private void add(long offset, long length) throws TarException {
        if (offset < 0 || length < 0 || stretches.size() >= MOST_STRETCHES) {
            throw new TarException("sparse map is not valid");
        }
        stretches.add(new TarEntry.Stretch(offset, length));
    }

    private Layout checked(long size, long stored) throws TarException {
        var at = 0L;
        var sum = 0L;
        for (var stretch : stretches) {
            if (stretch.offset() < at || stretch.length() > size - stretch.offset()) {
                throw new TarException("sparse map is not in order or leaves the file");
            }
            at = stretch.offset() + stretch.length();
            sum += stretch.length();
        }
        if (sum != stored || size < 0 || size > 1L << 50) {
            throw new TarException(
                    "sparse map holds " + sum + " bytes, but " + stored + " are stored");
        }
        return new Layout(size, stretches);
    }

    private final class Lines {
        private long consumed;

        long next() throws IOException {
            var digits = new byte[19];
            var length = 0;
            var one = new byte[1];
            while (true) {
                if (reader.read(one, 0, 1) < 0 || length == digits.length) {
                    throw new TarException("sparse map is cut short");
                }
                consumed++;
                if (one[0] == '\n') {
                    return PaxRecords.decimal(
                            java.util.Arrays.copyOf(digits, length), "sparse map");
                }
                digits[length++] = one[0];
            }
        }

        long finish() throws IOException {
            var rest = (int) (-consumed & (Block.SIZE - 1));
            var skipped = new byte[Block.SIZE];
            while (rest > 0) {
                var count = reader.read(skipped, 0, rest);
                if (count < 0) {
                    throw new TarException("sparse map is cut short");
                }
                rest -= count;
                consumed += count;
            }
            return consumed;
        }
    }
}

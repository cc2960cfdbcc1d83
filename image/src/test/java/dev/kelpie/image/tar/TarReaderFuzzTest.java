package dev.kelpie.image.tar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever bytes come, they are read or refused with an [IOException], and never more than came.
/// More rounds: `-Dkelpie.fuzz.rounds=N`.
class TarReaderFuzzTest {

    private static final int ROUNDS = Integer.getInteger("kelpie.fuzz.rounds", 20_000);

    private static final List<byte[]> SEEDS =
            List.of(
                    new RawTar()
                            .entry('5', "d/", new byte[0])
                            .entry('0', "d/f", new byte[700])
                            .entry('2', "l", new byte[0], h -> RawTar.put(h, 157, "d/f"))
                            .entry('1', "h", new byte[0], h -> RawTar.put(h, 157, "d/f"))
                            .end(),
                    new RawTar()
                            .pax("path=long/name", "mtime=1.5", "SCHILY.xattr.user.a=b", "size=3")
                            .entry('0', "short", new byte[3])
                            .entry('L', "././@LongLink", new byte[300])
                            .entry('0', "cut", new byte[1])
                            .end(),
                    new RawTar()
                            .pax(
                                    "GNU.sparse.major=1",
                                    "GNU.sparse.minor=0",
                                    "GNU.sparse.name=s",
                                    "GNU.sparse.realsize=2048")
                            .entry('0', "s", sparse("1\n512\n512\n"))
                            .end());

    private static byte[] sparse(String map) {
        var data = new byte[1024];
        RawTar.put(data, 0, map);
        return data;
    }

    @Test
    void readsOrRefusesWhateverItIsGiven() {
        var random = new Random(6);
        for (var round = 0; round < ROUNDS; round++) {
            var bytes = mutated(random);
            try {
                assertThat(contentOf(bytes)).isLessThanOrEqualTo(bytes.length);
            } catch (IOException e) {
                assertThat(e).message().isNotBlank();
            } catch (RuntimeException e) {
                throw new AssertionError("not refused properly in round " + round, e);
            }
        }
    }

    private static long contentOf(byte[] bytes) throws IOException {
        var reader = RawTar.reader(bytes);
        long read = 0;
        for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
            var stored = entry.get().stretches().stream().mapToLong(one -> one.length()).sum();
            assertThat(stored).isGreaterThanOrEqualTo(0);
            read += reader.content().readAllBytes().length;
        }
        reader.drain();
        return read;
    }

    private static byte[] mutated(Random random) {
        var bytes = SEEDS.get(random.nextInt(SEEDS.size())).clone();
        for (var i = random.nextInt(6); i >= 0; i--) {
            mutate(bytes, random);
        }
        if (random.nextInt(4) > 0) {
            repairChecksums(bytes);
        }
        return random.nextInt(5) > 0 ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }

    private static void mutate(byte[] bytes, Random random) {
        var at = random.nextInt(bytes.length);
        switch (random.nextInt(5)) {
            case 0 -> bytes[at] = (byte) random.nextInt();
            case 1 -> bytes[at] = (byte) "0179-=\n\0 /.".charAt(random.nextInt(11));
            case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 12), (byte) '7');
            case 3 ->
                    bytes[(at & -512) | 156] = (byte) "01234567LKSxgV\0".charAt(random.nextInt(15));
            default -> {
                // the size as a number of base 256, as large as it can be
                var size = (at & -512) + 124;
                bytes[size] = (byte) (random.nextBoolean() ? 0x80 : 0xff);
                bytes[size + 4 + random.nextInt(8)] = (byte) random.nextInt();
            }
        }
    }

    /// So that more than the first check sees what was changed.
    private static void repairChecksums(byte[] bytes) {
        for (var block = 0; block + 512 <= bytes.length; block += 512) {
            if (bytes[block + 257] == 'u' && bytes[block + 258] == 's') {
                Arrays.fill(bytes, block + 148, block + 156, (byte) ' ');
                var sum = 0;
                for (var i = block; i < block + 512; i++) {
                    sum += bytes[i] & 0xff;
                }
                RawTar.put(bytes, block + 148, "%06o\0".formatted(sum));
            }
        }
    }
}

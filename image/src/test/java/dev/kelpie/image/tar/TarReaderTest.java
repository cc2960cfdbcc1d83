package dev.kelpie.image.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TarReaderTest {

    @Test
    void readsBackWhatTheWriterWrites() throws IOException {
        var capability = new byte[] {1, 0, 0, 2, (byte) 0xc0, 0, 0, 0, (byte) 0x80, (byte) 0xff};
        var attributes =
                new TarAttributes(
                        3_000_000_000L,
                        5,
                        04755,
                        Instant.ofEpochSecond(12345),
                        Map.of("security.capability", capability));
        var long0 = "d/".repeat(80) + "caf\u00e9-\u00ff";
        var out = new ByteArrayOutputStream();
        try (var writer = new TarWriter(out)) {
            writer.file(
                    long0,
                    attributes,
                    3,
                    new ByteArrayInputStream("abc".getBytes(StandardCharsets.US_ASCII)));
            writer.symlink("link", "t".repeat(150), TarAttributes.of(0, 0, 0777, Instant.EPOCH));
        }
        var reader = RawTar.reader(out.toByteArray());
        var file = reader.next().orElseThrow();
        assertThat(file.name()).isEqualTo(long0);
        assertThat(file.attributes().uid()).isEqualTo(3_000_000_000L);
        assertThat(file.attributes().mode()).isEqualTo(04755);
        assertThat(file.attributes().xattrs().get("security.capability")).isEqualTo(capability);
        assertThat(reader.content().readAllBytes()).asString().isEqualTo("abc");
        assertThat(reader.next().orElseThrow().linkName()).isEqualTo("t".repeat(150));
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void readsGnuLongNamesAndBase256Numbers() throws IOException {
        var name = "n".repeat(300);
        var tar =
                new RawTar()
                        .entry(
                                'L',
                                "././@LongLink",
                                (name + "\0").getBytes(StandardCharsets.US_ASCII))
                        .entry(
                                '0',
                                "cut",
                                new byte[0],
                                header -> {
                                    java.util.Arrays.fill(header, 109, 114, (byte) 0);
                                    header[108] = (byte) 0x80;
                                    header[114] = 1;
                                    header[115] = 0;
                                })
                        .end();
        var entry = RawTar.reader(tar).next().orElseThrow();
        assertThat(entry.name()).isEqualTo(name);
        assertThat(entry.attributes().uid()).isEqualTo(256);
    }

    @Test
    void readsNanosecondsAndLibarchiveAttributesFromPax() throws IOException {
        var tar =
                new RawTar()
                        .pax("mtime=1.000000007", "LIBARCHIVE.xattr.user.a%20b=AQID", "path=x/y")
                        .entry('0', "short", new byte[0])
                        .end();
        var entry = RawTar.reader(tar).next().orElseThrow();
        assertThat(entry.attributes().modified()).isEqualTo(Instant.ofEpochSecond(1, 7));
        assertThat(entry.attributes().xattrs().get("user.a b")).containsExactly(1, 2, 3);
        assertThat(entry.name()).isEqualTo("x/y");
    }

    @Test
    void placesTheStretchesOfSparseFiles() throws IOException {
        var map = "2\n0\n4\n1000\n2\n";
        var data = new byte[512 + 6];
        RawTar.put(data, 0, map);
        RawTar.put(data, 512, "headto");
        var tar =
                new RawTar()
                        .pax(
                                "GNU.sparse.major=1",
                                "GNU.sparse.minor=0",
                                "GNU.sparse.name=disk",
                                "GNU.sparse.realsize=2000")
                        .entry('0', "GNUSparseFile/disk", data)
                        .end();
        var reader = RawTar.reader(tar);
        var entry = reader.next().orElseThrow();
        assertThat(entry.name()).isEqualTo("disk");
        assertThat(entry.size()).isEqualTo(2000);
        assertThat(entry.stretches())
                .containsExactly(new TarEntry.Stretch(0, 4), new TarEntry.Stretch(1000, 2));
        assertThat(reader.content().readAllBytes()).asString().isEqualTo("headto");
    }

    @Test
    void refusesSparseMapsThatLie() {
        var tar =
                new RawTar()
                        .pax("GNU.sparse.size=10", "GNU.sparse.map=0,4,2,4")
                        .entry('0', "f", new byte[8])
                        .end();
        assertThatThrownBy(() -> RawTar.reader(tar).next())
                .isInstanceOf(TarException.class)
                .hasMessageContaining("sparse map");
    }

    @Test
    void skipsGlobalHeaders() throws IOException {
        var tar =
                new RawTar()
                        .entry(
                                'g',
                                "pax_global_header",
                                "21 comment=abcdefghi\n".getBytes(StandardCharsets.US_ASCII))
                        .entry('0', "f", new byte[1])
                        .end();
        assertThat(RawTar.reader(tar).next().orElseThrow().name()).isEqualTo("f");
    }

    @Test
    void saysWhenTheStreamIsCutShort() {
        var whole = new RawTar().entry('0', "f", new byte[2000]).unended();
        for (var length : new int[] {100, 512, 1000, 2400}) {
            var reader = RawTar.reader(java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(
                            () -> {
                                reader.next();
                                reader.next();
                            })
                    .hasMessage("archive is cut short");
        }
    }

    @Test
    void refusesWhatIsNoTar() {
        var text = "this is not a tar archive ".repeat(100).getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> RawTar.reader(text).next()).isInstanceOf(TarException.class);
    }

    @Test
    void refusesHeadersThatWouldFillTheMemory() {
        var huge =
                new RawTar()
                        .entry(
                                'x',
                                "pax",
                                new byte[0],
                                header -> RawTar.put(header, 124, "77777777777\0"))
                        .unended();
        assertThatThrownBy(() -> RawTar.reader(huge).next())
                .hasMessageContaining("extended header is too long");
    }

    @Test
    void refusesMisshapenPaxRecords() {
        for (var record :
                new String[] {
                    "5 a=b", "99999999999999999999 a=b\n", "x a=b\n", "0 a=b\n", "6 ab\n\n"
                }) {
            var tar =
                    new RawTar()
                            .entry('x', "pax", record.getBytes(StandardCharsets.US_ASCII))
                            .entry('0', "f", new byte[0])
                            .end();
            assertThatThrownBy(() -> RawTar.reader(tar).next()).isInstanceOf(TarException.class);
        }
    }
}

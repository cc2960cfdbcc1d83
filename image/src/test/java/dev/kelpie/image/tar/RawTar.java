package dev.kelpie.image.tar;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/// Tar streams that no decent program writes, byte by byte.
public final class RawTar {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public RawTar entry(char type, String name, byte[] data) {
        return entry(type, name, data, header -> {});
    }

    /// `change` alters the header before its checksum is made.
    public RawTar entry(char type, String name, byte[] data, Consumer<byte[]> change) {
        var header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, "%011o\0".formatted(data.length));
        put(header, 136, "00000000000\0");
        header[156] = (byte) type;
        put(header, 257, "ustar\00000");
        change.accept(header);
        Arrays.fill(header, 148, 156, (byte) ' ');
        var sum = 0;
        for (var b : header) {
            sum += b & 0xff;
        }
        put(header, 148, "%06o\0".formatted(sum));
        out.writeBytes(header);
        return raw(data).raw(new byte[-data.length & 511]);
    }

    public RawTar pax(String... records) {
        var all = new StringBuilder();
        for (var record : records) {
            var length = record.length() + 2;
            length += Integer.toString(length + Integer.toString(length).length()).length();
            all.append(length).append(' ').append(record).append('\n');
        }
        return entry('x', "pax", all.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawTar raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    public byte[] end() {
        raw(new byte[1024]);
        return out.toByteArray();
    }

    public byte[] unended() {
        return out.toByteArray();
    }

    public static void put(byte[] header, int offset, String text) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    static TarReader reader(byte[] bytes) {
        return new TarReader(new ByteArrayInputStream(bytes));
    }
}

package dev.kelpie.image.tar;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// Writes a tar stream in the POSIX pax format. The same entries give the same bytes: no user
/// names, whole seconds, extended headers only where a field is too small. Names are one character
/// per byte.
public final class TarWriter implements AutoCloseable {

    private static final byte[] ZEROS = new byte[Block.SIZE];

    private final OutputStream out;
    private final byte[] buffer = new byte[1 << 16];

    public TarWriter(OutputStream out) {
        this.out = new BufferedOutputStream(out, 1 << 16);
    }

    public void directory(String name, TarAttributes attributes) throws IOException {
        header('5', name.endsWith("/") ? name : name + "/", "", attributes, 0);
    }

    public void symlink(String name, String target, TarAttributes attributes) throws IOException {
        header('2', name, target, attributes, 0);
    }

    public void hardLink(String name, String target, TarAttributes attributes) throws IOException {
        header('1', name, target, attributes, 0);
    }

    /// A pipe: `flag` as in the header's type field.
    public void node(char flag, String name, TarAttributes attributes) throws IOException {
        header(flag, name, "", attributes, 0);
    }

    /// A device: `flag` is 3 for a character and 4 for a block device.
    public void device(char flag, String name, TarAttributes attributes, int major, int minor)
            throws IOException {
        extended(name, "", attributes, 0);
        var block = block(flag, cut(name), "", attributes, 0);
        octal(block, 329, 8, major);
        octal(block, 337, 8, minor);
        sum(block);
        write(block);
    }

    /// Exactly `size` bytes are taken from `content`; fewer are an error.
    public void file(String name, TarAttributes attributes, long size, InputStream content)
            throws IOException {
        header('0', name, "", attributes, size);
        var left = size;
        while (left > 0) {
            var count = content.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new EOFException(
                        "'" + TarReader.shown(name) + "' became shorter while it was read");
            }
            out.write(buffer, 0, count);
            left -= count;
        }
        pad(size);
    }

    /// Writes the end marks; what is below stays open.
    @Override
    public void close() throws IOException {
        out.write(ZEROS);
        out.write(ZEROS);
        out.flush();
    }

    private void header(char flag, String name, String link, TarAttributes attributes, long size)
            throws IOException {
        extended(name, link, attributes, size);
        write(block(flag, cut(name), cut(link), attributes, size));
    }

    private void extended(String name, String link, TarAttributes attributes, long size)
            throws IOException {
        var pax = paxFor(name, link, attributes, size);
        if (!pax.isEmpty()) {
            var records = records(pax);
            var plain = TarAttributes.of(0, 0, 0644, Instant.EPOCH);
            write(block('x', "PaxHeaders/0", "", plain, records.length));
            out.write(records);
            pad(records.length);
        }
    }

    private static Map<String, byte[]> paxFor(
            String name, String link, TarAttributes attributes, long size) {
        var pax = new TreeMap<String, byte[]>();
        if (name.length() > 100) {
            pax.put("path", latin(name));
        }
        if (link.length() > 100) {
            pax.put("linkpath", latin(link));
        }
        if (!fits(size, 11)) {
            pax.put("size", latin(Long.toString(size)));
        }
        if (!fits(attributes.uid(), 7)) {
            pax.put("uid", latin(Long.toString(attributes.uid())));
        }
        if (!fits(attributes.gid(), 7)) {
            pax.put("gid", latin(Long.toString(attributes.gid())));
        }
        var seconds = attributes.modified().getEpochSecond();
        if (seconds < 0 || !fits(seconds, 11)) {
            pax.put("mtime", latin(Long.toString(seconds)));
        }
        attributes.xattrs().forEach((key, value) -> pax.put("SCHILY.xattr." + key, value));
        return pax;
    }

    private static byte[] records(Map<String, byte[]> pax) {
        var bytes = new ByteArrayOutputStream();
        pax.forEach((key, value) -> {
            var body = key.getBytes(StandardCharsets.UTF_8).length + value.length + 3;
            var length = body + Integer.toString(body).length();
            // the length counts its own digits
            length = body + Integer.toString(length).length();
            bytes.writeBytes((length + " " + key + "=").getBytes(StandardCharsets.UTF_8));
            bytes.writeBytes(value);
            bytes.write('\n');
        });
        return bytes.toByteArray();
    }

    private static byte[] block(
            char flag, String name, String link, TarAttributes attributes, long size) {
        var block = new byte[Block.SIZE];
        put(block, 0, name);
        octal(block, 100, 8, attributes.mode());
        octal(block, 108, 8, attributes.uid());
        octal(block, 116, 8, attributes.gid());
        octal(block, 124, 12, size);
        octal(block, 136, 12, attributes.modified().getEpochSecond());
        block[156] = (byte) flag;
        put(block, 157, link);
        put(block, 257, "ustar\00000");
        sum(block);
        return block;
    }

    private static void sum(byte[] block) {
        java.util.Arrays.fill(block, 148, 156, (byte) ' ');
        var sum = 0L;
        for (var b : block) {
            sum += b & 0xff;
        }
        octal(block, 148, 7, sum);
    }

    private void write(byte[] block) throws IOException {
        out.write(block);
    }

    private void pad(long size) throws IOException {
        out.write(ZEROS, 0, (int) (-size & (Block.SIZE - 1)));
    }

    private static void octal(byte[] block, int offset, int length, long value) {
        // what does not fit stands in the PAX header
        var digits = Long.toOctalString(fits(value, length - 1) ? value : 0);
        put(block, offset, "0".repeat(length - 1 - digits.length()) + digits);
    }

    private static void put(byte[] block, int offset, String text) {
        var bytes = latin(text);
        System.arraycopy(bytes, 0, block, offset, bytes.length);
    }

    private static boolean fits(long value, int octalDigits) {
        return value >= 0 && value < 1L << (3 * octalDigits);
    }

    private static String cut(String name) {
        return name.length() > 100 ? name.substring(0, 100) : name;
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

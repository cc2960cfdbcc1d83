package dev.kelpie.image.tar;

import java.nio.charset.StandardCharsets;

/// A header block of 512 bytes and its fields, as POSIX ustar and GNU tar lay them out.
final class Block {

    static final int SIZE = 512;

    final byte[] bytes = new byte[SIZE];

    boolean isZero() {
        for (var b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /// The sum is over unsigned bytes; some old writers summed signed ones.
    void checkSum() throws TarException {
        var unsigned = 0L;
        var signed = 0L;
        for (var i = 0; i < SIZE; i++) {
            var b = i >= 148 && i < 156 ? (byte) ' ' : bytes[i];
            unsigned += b & 0xff;
            signed += b;
        }
        long stored;
        try {
            stored = number(148, 8, "checksum");
        } catch (TarException e) {
            stored = -1;
        }
        if (stored != unsigned && stored != signed) {
            throw new TarException("not a tar header: its checksum is wrong");
        }
    }

    char typeFlag() {
        return (char) (bytes[156] & 0xff);
    }

    String name() {
        var name = text(0, 100);
        if (isPosix()) {
            var prefix = text(345, 155);
            return prefix.isEmpty() ? name : prefix + "/" + name;
        }
        return name;
    }

    String linkName() {
        return text(157, 100);
    }

    long size() throws TarException {
        var size = number(124, 12, "size");
        if (size < 0) {
            throw new TarException("size is negative: " + size);
        }
        return size;
    }

    /// Bytes up to the first NUL, one character each.
    String text(int offset, int length) {
        var end = offset;
        while (end < offset + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, offset, end - offset, StandardCharsets.ISO_8859_1);
    }

    /// Octal digits, or GNU's base-256 when the first bit is set.
    long number(int offset, int length, String field) throws TarException {
        if ((bytes[offset] & 0x80) != 0) {
            return base256(offset, length, field);
        }
        var value = 0L;
        var digits = false;
        for (var i = offset; i < offset + length; i++) {
            var b = bytes[i];
            if (b >= '0' && b <= '7') {
                if (value >>> 60 != 0) {
                    throw new TarException(field + " is too large");
                }
                value = value << 3 | (b - '0');
                digits = true;
            } else if (b == 0 || b == ' ') {
                if (digits) {
                    return value;
                }
            } else {
                throw new TarException(field + " is not a number: '" + text(offset, length) + "'");
            }
        }
        return value;
    }

    private long base256(int offset, int length, String field) throws TarException {
        var negative = (bytes[offset] & 0x40) != 0;
        var value = negative ? -1L : 0L;
        for (var i = offset; i < offset + length; i++) {
            var first = (bytes[i] & 0x7f) | (negative ? 0x80 : 0);
            var b = i == offset ? first : bytes[i] & 0xff;
            var top = value >> 55;
            if (top != 0 && top != -1) {
                throw new TarException(field + " is too large");
            }
            value = value << 8 | b;
        }
        return value;
    }

    private boolean isPosix() {
        return text(257, 6).equals("ustar") && bytes[263] == '0';
    }
}

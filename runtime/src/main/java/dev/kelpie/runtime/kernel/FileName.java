package dev.kelpie.runtime.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// File names between the kernel's bytes and Java's strings without loss: UTF-8, and a byte that is
/// not UTF-8 becomes a lone surrogate U+DC80 to U+DCFF, which stands for nothing else (Python's
/// "surrogateescape").
public final class FileName {

    private FileName() {}

    public static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            return decodePiecewise(bytes);
        }
    }

    private static String decodePiecewise(byte[] bytes) {
        var text = new StringBuilder();
        for (int i = 0; i < bytes.length; ) {
            int length = validSequence(bytes, i);
            if (length == 0) {
                text.append((char) (0xDC00 + (bytes[i++] & 0xFF)));
            } else {
                text.append(new String(bytes, i, length, StandardCharsets.UTF_8));
                i += length;
            }
        }
        return text.toString();
    }

    private static int validSequence(byte[] bytes, int start) {
        for (int length = 1; length <= Math.min(4, bytes.length - start); length++) {
            if (isValid(ByteBuffer.wrap(bytes, start, length))) {
                return length;
            }
        }
        return 0;
    }

    private static boolean isValid(ByteBuffer bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    public static byte[] encode(String name) {
        var bytes = new ByteArrayOutputStream(name.length() + 8);
        for (int i = 0; i < name.length(); ) {
            int point = name.codePointAt(i);
            if (point >= 0xDC80 && point <= 0xDCFF) {
                bytes.write(point - 0xDC00);
            } else {
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
            }
            i += Character.charCount(point);
        }
        return bytes.toByteArray();
    }

    /// As a C string; a NUL inside would cut the name, so it is refused.
    static byte[] terminated(String name) {
        if (name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("name with a NUL character: '" + name + "'");
        }
        var bytes = encode(name);
        return Arrays.copyOf(bytes, bytes.length + 1);
    }
}

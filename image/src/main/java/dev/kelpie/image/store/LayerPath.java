package dev.kelpie.image.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A path inside a layer: bytes as the archive has them (often, not always, UTF-8), without a
/// leading or trailing slash and without `.`, `..` or empty parts. The layer's root is the empty
/// path.
public final class LayerPath implements Comparable<LayerPath> {

    public static final LayerPath ROOT = new LayerPath(new byte[0]);

    private final byte[] bytes;

    private LayerPath(byte[] bytes) {
        this.bytes = bytes;
    }

    /// From UTF-8 text such as `etc/passwd`.
    public static LayerPath of(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /// From an archive's words: leading `/` and `./`, double slashes, `.` parts and a trailing
    /// slash go away. Throws `IllegalArgumentException` for a `..` part, a NUL, or a path or part
    /// that no Linux file system takes (4095, 255 bytes).
    public static LayerPath parse(byte[] raw) {
        var clean = new byte[raw.length];
        var length = 0;
        var start = 0;
        for (var i = 0; i <= raw.length; i++) {
            if (i < raw.length && raw[i] != '/') {
                continue;
            }
            var size = i - start;
            if (size > 0 && !(size == 1 && raw[start] == '.')) {
                checkPart(raw, start, size);
                if (length > 0) {
                    clean[length++] = '/';
                }
                System.arraycopy(raw, start, clean, length, size);
                length += size;
            }
            start = i + 1;
        }
        if (length > 4095) {
            throw new IllegalArgumentException(
                    "path is longer than 4095 bytes: '" + show(raw) + "'");
        }
        return length == 0 ? ROOT : new LayerPath(Arrays.copyOf(clean, length));
    }

    private static void checkPart(byte[] raw, int start, int size) {
        if (size == 2 && raw[start] == '.' && raw[start + 1] == '.') {
            throw new IllegalArgumentException("path leaves the layer: '" + show(raw) + "'");
        }
        if (size > 255) {
            throw new IllegalArgumentException(
                    "path has a part longer than 255 bytes: '" + show(raw) + "'");
        }
        for (var i = start; i < start + size; i++) {
            if (raw[i] == 0) {
                throw new IllegalArgumentException("path has a NUL byte: '" + show(raw) + "'");
            }
        }
    }

    private static String show(byte[] raw) {
        var text = new String(raw, 0, Math.min(raw.length, 200), StandardCharsets.UTF_8);
        return raw.length > 200 ? text + "…" : text;
    }

    public boolean isRoot() {
        return bytes.length == 0;
    }

    /// The bytes for the kernel, a copy, without a terminating NUL.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// The directory it is in; the root's is the root.
    public LayerPath parent() {
        var slash = lastSlash();
        return slash < 0 ? ROOT : new LayerPath(Arrays.copyOf(bytes, slash));
    }

    /// The last part.
    public byte[] name() {
        return Arrays.copyOfRange(bytes, lastSlash() + 1, bytes.length);
    }

    /// The path of `name` in this directory.
    public LayerPath child(byte[] name) {
        if (isRoot()) {
            return parse(name);
        }
        var joined = Arrays.copyOf(bytes, bytes.length + 1 + name.length);
        joined[bytes.length] = '/';
        System.arraycopy(name, 0, joined, bytes.length + 1, name.length);
        return parse(joined);
    }

    /// How many parts.
    public int depth() {
        var depth = isRoot() ? 0 : 1;
        for (var b : bytes) {
            if (b == '/') {
                depth++;
            }
        }
        return depth;
    }

    private int lastSlash() {
        var i = bytes.length - 1;
        while (i >= 0 && bytes[i] != '/') {
            i--;
        }
        return i;
    }

    @Override
    public int compareTo(LayerPath other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LayerPath path && Arrays.equals(bytes, path.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// For messages: UTF-8, what is none shown as replacement characters.
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

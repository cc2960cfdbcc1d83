package dev.kelpie.image.tar;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The `LENGTH KEY=VALUE\n` records of a PAX extended header (POSIX pax, "pax Extended Header").
/// Values stay bytes; GNU's sparse 0.0 repeats keys, so its numbers are kept in order.
final class PaxRecords {

    private static final String SCHILY = "SCHILY.xattr.";
    private static final String LIBARCHIVE = "LIBARCHIVE.xattr.";

    private final Map<String, byte[]> values = new HashMap<>();
    private final List<Long> sparseNumbers = new ArrayList<>();

    void parse(byte[] records) throws TarException {
        var at = 0;
        while (at < records.length && records[at] != 0) {
            var space = indexOf(records, ' ', at);
            var length = decimal(slice(records, at, space), "length of a PAX record");
            if (length <= space - at + 1 || length > records.length - at) {
                throw new TarException("length of a PAX record is wrong: " + length);
            }
            var end = at + (int) length;
            var equals = indexOf(records, '=', space + 1);
            if (equals >= end || records[end - 1] != '\n') {
                throw new TarException("PAX record is not of the form KEY=VALUE");
            }
            add(
                    new String(slice(records, space + 1, equals), StandardCharsets.UTF_8),
                    slice(records, equals + 1, end - 1));
            at = end;
        }
    }

    private void add(String key, byte[] value) throws TarException {
        if (key.equals("GNU.sparse.offset") || key.equals("GNU.sparse.numbytes")) {
            sparseNumbers.add(decimal(value, key));
        } else if (value.length == 0) {
            values.remove(key);
        } else {
            values.put(key, value);
        }
    }

    Optional<String> text(String key) throws TarException {
        var value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        for (var b : value) {
            if (b == 0) {
                throw new TarException("PAX record '" + key + "' has a NUL byte");
            }
        }
        return Optional.of(new String(value, StandardCharsets.ISO_8859_1));
    }

    Optional<Long> number(String key) throws TarException {
        var value = values.get(key);
        return value == null ? Optional.empty() : Optional.of(decimal(value, key));
    }

    /// Seconds with up to nine decimals, perhaps negative.
    Optional<Instant> time(String key) throws TarException {
        var value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        var text = new String(value, StandardCharsets.ISO_8859_1);
        try {
            var dot = text.indexOf('.');
            var seconds = Long.parseLong(dot < 0 ? text : text.substring(0, dot));
            var fraction = dot < 0 ? "" : text.substring(dot + 1);
            var nanos =
                    fraction.isEmpty()
                            ? 0
                            : Long.parseLong((fraction + "00000000").substring(0, 9));
            return Optional.of(
                    Instant.ofEpochSecond(seconds, text.startsWith("-") ? -nanos : nanos));
        } catch (RuntimeException e) {
            throw new TarException("PAX record '" + key + "' is not a time: '" + text + "'");
        }
    }

    List<Long> sparseNumbers() {
        return sparseNumbers;
    }

    Map<String, byte[]> xattrs() throws TarException {
        var found = new LinkedHashMap<String, byte[]>();
        for (var record : values.entrySet()) {
            var key = record.getKey();
            if (key.startsWith(LIBARCHIVE)) {
                found.putIfAbsent(
                        urlDecoded(key.substring(LIBARCHIVE.length())),
                        base64(key, record.getValue()));
            } else if (key.startsWith(SCHILY)) {
                found.put(key.substring(SCHILY.length()), record.getValue());
            }
        }
        return found;
    }

    private static byte[] base64(String key, byte[] value) throws TarException {
        try {
            return Base64.getMimeDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            throw new TarException("PAX record '" + key + "' is not base64");
        }
    }

    private static String urlDecoded(String name) throws TarException {
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new TarException("PAX record '" + LIBARCHIVE + name + "' is misspelt");
        }
    }

    static long decimal(byte[] digits, String what) throws TarException {
        if (digits.length == 0 || digits.length > 18) {
            throw new TarException(what + " is not a number");
        }
        var value = 0L;
        for (var b : digits) {
            if (b < '0' || b > '9') {
                throw new TarException(
                        what
                                + " is not a number: '"
                                + new String(digits, StandardCharsets.ISO_8859_1)
                                + "'");
            }
            value = value * 10 + (b - '0');
        }
        return value;
    }

    private static int indexOf(byte[] bytes, char wanted, int from) throws TarException {
        for (var i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        throw new TarException("PAX record is cut short");
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }
}

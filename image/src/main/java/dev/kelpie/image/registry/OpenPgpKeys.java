package dev.kelpie.image.registry;

import dev.kelpie.image.ImageStoreException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// Public keys of OpenPGP as files hold them, armored or not (RFC 9580).
final class OpenPgpKeys {

    private static final Pattern ARMOR =
            Pattern.compile(
                    "-----BEGIN PGP PUBLIC KEY BLOCK-----[ \\t]*\\r?\\n"
                            + "(?:[^\\r\\n]+\\r?\\n)*?[ \\t]*\\r?\\n"
                            + "([A-Za-z0-9+/=\\s]+?)"
                            + "(?:=[A-Za-z0-9+/]{4}\\s*)?-----END PGP PUBLIC KEY BLOCK-----");

    private static final int USER_ID = 13;

    private final byte[] packets;

    private OpenPgpKeys(byte[] packets) {
        this.packets = packets;
    }

    static OpenPgpKeys of(List<OpenPgpKeys> several) {
        var all = new ByteArrayOutputStream();
        several.forEach(keys -> all.writeBytes(keys.packets));
        return new OpenPgpKeys(all.toByteArray());
    }

    static OpenPgpKeys parse(byte[] file, String what) {
        // the first byte of every packet has its highest bit set, no character of an armor has
        if (file.length > 0 && file[0] < 0) {
            return new OpenPgpKeys(file.clone());
        }
        var blocks = ARMOR.matcher(new String(file, StandardCharsets.ISO_8859_1));
        var all = new ByteArrayOutputStream();
        while (blocks.find()) {
            all.writeBytes(Base64.getMimeDecoder().decode(blocks.group(1)));
        }
        if (all.size() == 0) {
            throw new ImageStoreException(what + " has no public key of OpenPGP");
        }
        return new OpenPgpKeys(all.toByteArray());
    }

    byte[] packets() {
        return packets.clone();
    }

    /// Who they say they are: `Name <address>`.
    List<String> users() {
        var users = new ArrayList<String>();
        for (var at = 0; at >= 0 && at < packets.length; ) {
            at = packet(at, users);
        }
        return users;
    }

    /// Reads one packet; where the next one begins, -1 when that cannot be told.
    private int packet(int at, List<String> users) {
        var header = packets[at] & 0xff;
        var fresh = (header & 0x40) != 0;
        var tag = fresh ? header & 0x3f : (header >> 2) & 0xf;
        var first = at + 1 < packets.length ? packets[at + 1] & 0xff : 0;
        int bytes;
        if (fresh) {
            bytes = first < 192 ? 1 : first < 224 ? 2 : first == 255 ? 5 : 0;
        } else {
            bytes = (header & 3) == 3 ? 0 : 1 << (header & 3);
        }
        var body = at + 1 + bytes;
        if (bytes == 0 || body > packets.length) {
            return -1;
        }
        var length = fresh && bytes == 2 ? ((first - 192) << 8) + 192 : 0L;
        for (var i = fresh && bytes == 5 ? at + 2 : at + (fresh && bytes == 2 ? 2 : 1);
                i < body;
                i++) {
            length =
                    fresh && bytes == 2
                            ? length + (packets[i] & 0xff)
                            : length << 8 | (packets[i] & 0xff);
        }
        if (length > packets.length - body) {
            return -1;
        }
        if (tag == USER_ID) {
            users.add(new String(packets, body, (int) length, StandardCharsets.UTF_8));
        }
        return body + (int) length;
    }
}

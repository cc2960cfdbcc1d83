package dev.kelpie.image.tar;

import java.time.Instant;
import java.util.Map;

/// Owner, permission bits (07777), modification time and extended attributes of an entry.
public record TarAttributes(
        long uid, long gid, int mode, Instant modified, Map<String, byte[]> xattrs) {

    /// Without extended attributes.
    public static TarAttributes of(long uid, long gid, int mode, Instant modified) {
        return new TarAttributes(uid, gid, mode, modified, Map.of());
    }
}

package dev.kelpie.image.store;

import java.time.Instant;
import java.util.Map;

/// What a file carries besides its bytes. To be put on in this order, since each step may undo the
/// ones after it: owner, extended attributes, mode, times (engine notes 5.6).
///
/// @param uid owner, 0 to 2^32-2
/// @param gid group, 0 to 2^32-2
/// @param mode permission bits with setuid, setgid and sticky (07777)
/// @param modified to the nanosecond
/// @param xattrs full name (`security.capability`) to value; already rid of the names that layers
///   may not set
public record FileAttributes(
        long uid, long gid, int mode, Instant modified, Map<String, byte[]> xattrs) {}

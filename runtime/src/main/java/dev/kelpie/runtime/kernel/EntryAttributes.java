package dev.kelpie.runtime.kernel;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// Owner, mode, times and extended attributes to give to an entry, all in one go and in the only
/// order that keeps them all: owner (which clears setuid and file capabilities), extended
/// attributes, mode, times.
///
/// @param mode permission bits with setuid, setgid and sticky; not applied to a symlink
/// @param xattrs full names such as `security.capability`
public record EntryAttributes(
        int uid, int gid, int mode, Instant modified, Map<String, byte[]> xattrs) {

    public EntryAttributes {
        xattrs = Map.copyOf(new TreeMap<>(xattrs));
    }
}

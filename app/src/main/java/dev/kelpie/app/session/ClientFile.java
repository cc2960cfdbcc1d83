package dev.kelpie.app.session;

import java.time.Instant;

/// One entry of a directory on the client's side.
///
/// @param target what a link says; empty for anything else
public record ClientFile(
        String name,
        Kind kind,
        long size,
        int mode,
        int uid,
        int gid,
        Instant modified,
        String target) {
    /// What an entry is; links are not followed.
    public enum Kind {
        FILE,
        DIRECTORY,
        LINK,
        OTHER
    }

    /// With the usual facts where they do not matter.
    public static ClientFile of(String name, Kind kind, int mode) {
        return new ClientFile(name, kind, 0, mode, 0, 0, Instant.EPOCH, "");
    }
}

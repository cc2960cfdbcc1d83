package dev.kelpie.app.session;

/// One entry of a directory on the client's side.
public record ClientFile(String name, Kind kind, long size, int mode) {
    /// What an entry is; links are not followed.
    public enum Kind {
        FILE,
        DIRECTORY,
        LINK,
        OTHER
    }
}

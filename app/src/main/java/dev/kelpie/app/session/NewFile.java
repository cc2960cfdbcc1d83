package dev.kelpie.app.session;

import java.time.Instant;

/// What the client is to make: a file, directory or link.
///
/// @param path as typed, or below that: the client makes nothing elsewhere
/// @param target what a link says; empty for anything else
/// @param overwrite whether a file may take a directory's place, and the other way round
public record NewFile(
        String path,
        ClientFile.Kind kind,
        String target,
        int mode,
        Instant modified,
        boolean overwrite) {}

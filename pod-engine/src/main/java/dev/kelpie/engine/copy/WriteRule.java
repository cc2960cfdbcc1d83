package dev.kelpie.engine.copy;

/// How entries are written into a container.
///
/// @param chown give them to the container's user; else they keep their owners' numbers
/// @param overwrite a file may take a directory's place, and the other way round
public record WriteRule(boolean chown, boolean overwrite) {}

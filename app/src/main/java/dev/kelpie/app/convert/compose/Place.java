package dev.kelpie.app.convert.compose;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Where a project lies, and how what it names is read.
///
/// @param folder in which its relative paths begin
/// @param environment of the caller
/// @param files reads one of the caller's files; empty when it cannot be read
public record Place(
        Path folder, Map<String, String> environment, Function<Path, Optional<byte[]>> files) {

    Path resolve(String path) {
        if (path.equals("~") || path.startsWith("~/")) {
            var home = environment.getOrDefault("HOME", "/");
            return Path.of(home + path.substring(1)).normalize();
        }
        return folder.resolve(path).normalize();
    }

    Optional<String> read(String path) {
        return bytes(path).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    Optional<byte[]> bytes(String path) {
        return files.apply(resolve(path));
    }
}

package dev.kelpie.image.build;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What a build reads.
///
/// @param context the directory that COPY and ADD read from
/// @param containerfile usually `Containerfile` or `Dockerfile` in the context
/// @param name what messages call the Containerfile
/// @param ignoreFile instead of the usual ones
/// @param named further contexts (`--build-context`): a directory's absolute path, or
///   `docker-image://IMAGE`
public record BuildSources(
        Path context,
        Path containerfile,
        String name,
        Optional<Path> ignoreFile,
        Map<String, String> named) {

    public BuildSources {
        named = Map.copyOf(named);
    }

    public static BuildSources of(Path context) {
        return of(context, Containerfile.in(context));
    }

    public static BuildSources of(Path context, Path containerfile) {
        return new BuildSources(
                context, containerfile, containerfile.toString(), Optional.empty(), Map.of());
    }
}

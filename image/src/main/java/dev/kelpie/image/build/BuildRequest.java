package dev.kelpie.image.build;

import dev.kelpie.image.spec.Platform;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What to build.
///
/// @param context the directory that COPY and ADD read from
/// @param containerfile usually `Containerfile` or `Dockerfile` in the context
/// @param tags names to give the image; short ones become `localhost/NAME`
/// @param arguments values for `ARG`
/// @param timestamp every time in the image, and no file newer than it; empty takes the clock for
///   the image and leaves the files' own times
/// @param target the stage to stop at; empty is the last
/// @param platform of the base images and the result
/// @param pull how `FROM` finds its image
public record BuildRequest(
        Path context,
        Path containerfile,
        List<String> tags,
        Map<String, String> arguments,
        Optional<Instant> timestamp,
        Optional<String> target,
        Platform platform,
        BasePull pull) {

    public BuildRequest {
        tags = List.copyOf(tags);
        arguments = Map.copyOf(arguments);
    }

    /// The context's `Containerfile`, else its `Dockerfile`, with nothing special.
    public static BuildRequest of(Path context, String tag) {
        return new BuildRequest(
                context,
                Containerfile.in(context),
                List.of(tag),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Platform.host(),
                BasePull.MISSING);
    }
}

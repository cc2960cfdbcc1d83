package dev.kelpie.image.build;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What becomes of the image beyond its Containerfile.
///
/// @param timestamp every time in the image, and no file newer than it; empty takes the clock for
///   the image and leaves the files' own times
/// @param labels set last
/// @param annotations of the manifest
/// @param env set last
/// @param unsetEnv names of variables to take out
/// @param docker Docker's manifest and configuration types instead of the OCI's
public record ResultOptions(
        Optional<Instant> timestamp,
        Squash squash,
        Map<String, String> labels,
        Map<String, String> annotations,
        Map<String, String> env,
        List<String> unsetEnv,
        boolean docker) {

    /// Which layers become one.
    public enum Squash {
        NONE,
        /// The build's own.
        NEW,
        /// Those of the base image too.
        ALL
    }

    public static final ResultOptions USUAL =
            new ResultOptions(
                    Optional.empty(), Squash.NONE, Map.of(), Map.of(), Map.of(), List.of(), false);

    public ResultOptions {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        env = Map.copyOf(env);
        unsetEnv = List.copyOf(unsetEnv);
    }

    public ResultOptions withTimestamp(Optional<Instant> other) {
        return new ResultOptions(other, squash, labels, annotations, env, unsetEnv, docker);
    }

    public ResultOptions withSquash(Squash other) {
        return new ResultOptions(timestamp, other, labels, annotations, env, unsetEnv, docker);
    }
}

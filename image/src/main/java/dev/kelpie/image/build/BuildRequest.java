package dev.kelpie.image.build;

import dev.kelpie.image.spec.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What to build.
///
/// @param tags names to give the image; short ones become `localhost/NAME`
/// @param arguments values for `ARG`
/// @param target the stage to stop at; empty is the last
/// @param platform of the base images and the result
/// @param pull how `FROM` finds its image
public record BuildRequest(
        BuildSources sources,
        List<String> tags,
        Map<String, String> arguments,
        Optional<String> target,
        Platform platform,
        BasePulls pull,
        StepOptions steps,
        ResultOptions result) {

    public BuildRequest {
        tags = List.copyOf(tags);
        arguments = Map.copyOf(arguments);
    }

    /// The context's `Containerfile`, else its `Dockerfile`, with nothing special.
    public static BuildRequest of(Path context, String tag) {
        return of(BuildSources.of(context), List.of(tag));
    }

    /// Everything as usual.
    public static BuildRequest of(BuildSources sources, List<String> tags) {
        return new BuildRequest(
                sources,
                tags,
                Map.of(),
                Optional.empty(),
                Platform.host(),
                BasePulls.USUAL,
                StepOptions.USUAL,
                ResultOptions.USUAL);
    }

    public BuildRequest withArguments(Map<String, String> other) {
        return new BuildRequest(sources, tags, other, target, platform, pull, steps, result);
    }

    public BuildRequest withTarget(Optional<String> other) {
        return new BuildRequest(sources, tags, arguments, other, platform, pull, steps, result);
    }

    public BuildRequest withPlatform(Platform other) {
        return new BuildRequest(sources, tags, arguments, target, other, pull, steps, result);
    }

    public BuildRequest withPull(BasePull when) {
        return withPulls(new BasePulls(when, pull.access()));
    }

    public BuildRequest withPulls(BasePulls other) {
        return new BuildRequest(sources, tags, arguments, target, platform, other, steps, result);
    }

    public BuildRequest withSteps(StepOptions other) {
        return new BuildRequest(sources, tags, arguments, target, platform, pull, other, result);
    }

    public BuildRequest withResult(ResultOptions other) {
        return new BuildRequest(sources, tags, arguments, target, platform, pull, steps, other);
    }
}

package dev.kelpie.engine;

import dev.kelpie.image.registry.PullOptions;

/// How to play.
///
/// @param replace a pod that differs is replaced; without it that is an error
/// @param start false: make everything, start nothing (`--start=false`)
/// @param pull credentials and the like for images that are not here
/// @param awaitImages a pod is made also when an image of it cannot be had: its container waits for
///   it while the pull is tried again, as under the kubelet; without it that is an error
public record PlayOptions(boolean replace, boolean start, PullOptions pull, boolean awaitImages) {
    public static final PlayOptions DEFAULT =
            new PlayOptions(false, true, PullOptions.DEFAULT, false);

    public PlayOptions withReplace(boolean value) {
        return new PlayOptions(value, start, pull, awaitImages);
    }

    public PlayOptions withStart(boolean value) {
        return new PlayOptions(replace, value, pull, awaitImages);
    }

    public PlayOptions withPull(PullOptions value) {
        return new PlayOptions(replace, start, value, awaitImages);
    }

    public PlayOptions withAwaitImages(boolean value) {
        return new PlayOptions(replace, start, pull, value);
    }
}

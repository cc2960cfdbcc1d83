package dev.kelpie.engine;

import dev.kelpie.image.registry.PullOptions;

/// How to play.
///
/// @param replace a pod that differs is replaced; without it that is an error
/// @param start false: make everything, start nothing (`--start=false`)
/// @param pull credentials and the like for images that are not here
public record PlayOptions(boolean replace, boolean start, PullOptions pull) {
    public static final PlayOptions DEFAULT = new PlayOptions(false, true, PullOptions.DEFAULT);

    public PlayOptions withReplace(boolean value) {
        return new PlayOptions(value, start, pull);
    }

    public PlayOptions withStart(boolean value) {
        return new PlayOptions(replace, value, pull);
    }

    public PlayOptions withPull(PullOptions value) {
        return new PlayOptions(replace, start, value);
    }
}

package dev.kelpie.engine;

import dev.kelpie.engine.spec.VolumeOptions;
import java.util.Map;

/// A volume to make.
///
/// @param name empty: 64 hex digits that nobody has
/// @param keep a volume of that name that is there is left as it is; else that is an error
public record NewVolume(
        String name, Map<String, String> labels, VolumeOptions options, boolean keep) {

    public NewVolume {
        labels = Map.copyOf(labels);
    }
}

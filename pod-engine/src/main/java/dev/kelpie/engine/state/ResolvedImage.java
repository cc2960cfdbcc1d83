package dev.kelpie.engine.state;

import dev.kelpie.engine.report.ImageReference;
import dev.kelpie.engine.report.ResolvedProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What was taken from the image when the container was made, so that it stays as it was even when
/// the image's name moves on.
///
/// @param volumes paths the image declares as volumes, with the anonymous volume made for each
/// @param layers lower directories of the root, uppermost first, absolute
public record ResolvedImage(
        ImageReference reference,
        ResolvedProcess process,
        List<String> exposedPorts,
        Map<String, String> volumes,
        List<String> layers) {

    public ResolvedImage {
        exposedPorts = List.copyOf(exposedPorts);
        volumes = Map.copyOf(volumes);
        layers = List.copyOf(layers);
    }

    /// The same with the volumes that another image of the same container has already, where it
    /// declares the same paths.
    public ResolvedImage withVolumesOf(ResolvedImage other) {
        var kept = new HashMap<>(volumes);
        kept.replaceAll((path, name) -> other.volumes().getOrDefault(path, name));
        return new ResolvedImage(reference, process, exposedPorts, kept, layers);
    }
}

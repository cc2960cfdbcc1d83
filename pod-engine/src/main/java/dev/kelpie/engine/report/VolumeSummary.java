package dev.kelpie.engine.report;

import dev.kelpie.engine.spec.VolumeOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// One volume of the engine.
///
/// @param anonymous made for one container and removed with it (`rm -v`, `--rm`)
/// @param usedBy ids of the containers that mount it
public record VolumeSummary(
        String name,
        Path mountPoint,
        Instant created,
        Map<String, String> labels,
        boolean anonymous,
        List<String> usedBy,
        VolumeOptions options) {

    public VolumeSummary {
        labels = Map.copyOf(labels);
        usedBy = List.copyOf(usedBy);
    }
}

package dev.kelpie.engine.report;

import dev.kelpie.engine.spec.PodSpec;
import java.nio.file.Path;
import java.util.List;

/// Everything known about one container.
///
/// @param podSpec of its pod, or the one made around a container outside any pod
/// @param layers lower directories of its root, uppermost first
/// @param runtime name of the OCI runtime, `crun`
/// @param cgroupPath below the cgroup mount; empty while it does not run
public record ContainerInspection(
        ContainerSummary summary,
        PodSpec podSpec,
        ResolvedProcess process,
        ContainerFiles files,
        List<Path> layers,
        String runtime,
        String cgroupPath,
        String hostname) {

    public ContainerInspection {
        layers = List.copyOf(layers);
    }
}

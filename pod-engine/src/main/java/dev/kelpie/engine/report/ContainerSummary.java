package dev.kelpie.engine.report;

import dev.kelpie.engine.spec.ContainerSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One container as listings show it.
///
/// @param pod empty for a container outside any pod
/// @param command what it runs without its entrypoint, the image's filled in
public record ContainerSummary(
        String id,
        Optional<PodReference> pod,
        ContainerKind kind,
        ContainerSpec spec,
        ImageReference image,
        List<String> command,
        ContainerState state,
        ContainerConnections connections) {

    public ContainerSummary {
        command = List.copyOf(command);
    }

    public String name() {
        return spec.name();
    }

    /// The user's and the image's labels.
    public Map<String, String> labels() {
        return spec.metadata().labels();
    }
}

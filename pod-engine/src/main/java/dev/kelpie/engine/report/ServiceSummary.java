package dev.kelpie.engine.report;

import dev.kelpie.engine.spec.ServiceSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A Service as listings show it.
///
/// @param address its own; empty where its name means the pods
/// @param nodePorts of its ports, in their order; 0 where there is none
/// @param pods names of those that serve it now
public record ServiceSummary(
        ServiceSpec spec,
        Optional<String> address,
        List<Integer> nodePorts,
        Instant created,
        List<String> pods) {
    public ServiceSummary {
        nodePorts = List.copyOf(nodePorts);
        pods = List.copyOf(pods);
    }
}

package dev.kelpie.engine.state;

import dev.kelpie.engine.spec.ServiceSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The intent about one Service.
///
/// @param id by which the host's networks know it
/// @param address its own; empty where its name means the pods
/// @param nodePorts of its ports, in their order; 0 where there is none
/// @param play id of the play that makes or changes it; empty when none does
/// @param before what it was before that play
public record ServiceRow(
        String id,
        ServiceSpec spec,
        Optional<String> address,
        List<Integer> nodePorts,
        Instant created,
        String play,
        Optional<ServiceRow> before) {

    public ServiceRow {
        nodePorts = List.copyOf(nodePorts);
    }

    public String key() {
        return spec.key();
    }

    /// No play's any more.
    public ServiceRow committed() {
        return new ServiceRow(id, spec, address, nodePorts, created, "", Optional.empty());
    }
}

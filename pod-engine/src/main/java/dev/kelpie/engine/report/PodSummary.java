package dev.kelpie.engine.report;

import dev.kelpie.engine.spec.PodSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One pod as listings and inspect show it.
///
/// @param infraId empty for a pod without an infra container
/// @param members infra container first, then init containers, then the others
/// @param cgroupPath below the cgroup mount; empty while nothing runs
public record PodSummary(
        String id,
        PodSpec spec,
        PodState state,
        Instant created,
        Optional<String> infraId,
        List<PodMember> members,
        List<NetworkAttachment> networks,
        String cgroupPath) {

    public PodSummary {
        members = List.copyOf(members);
        networks = List.copyOf(networks);
    }

    /// In Podman's words.
    public PodStatus status() {
        return state.status();
    }

    public String name() {
        return spec.name();
    }
}

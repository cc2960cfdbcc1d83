package dev.kelpie.engine.state;

import dev.kelpie.engine.spec.PodSpec;
import java.time.Instant;

/// The intent about one pod.
///
/// @param specHash what a later play compares; a pod that got further containers keeps it
/// @param running whether it is meant to run
/// @param play id of the play that is making or retiring it; empty when none is
public record PodRow(
        String id,
        PodSpec spec,
        String specHash,
        Phase phase,
        boolean running,
        Instant created,
        String play) {

    /// A container outside any pod: listed among containers only.
    public boolean solo() {
        return !spec.sharing().infra();
    }

    public String name() {
        return spec.name();
    }

    public PodRow withPhase(Phase other, String ofPlay) {
        return new PodRow(id, spec, specHash, other, running, created, ofPlay);
    }

    public PodRow withRunning(boolean value) {
        return new PodRow(id, spec, specHash, phase, value, created, play);
    }

    public PodRow withSpec(PodSpec other) {
        return new PodRow(id, other, specHash, phase, running, created, play);
    }
}

package dev.kelpie.engine.state;

import dev.kelpie.engine.report.PodFailure;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PodUsers;
import dev.kelpie.runtime.spec.Linux.IdMapping;
import dev.kelpie.runtime.spec.Linux.IdMappings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The intent about one pod.
///
/// @param specHash what a later play compares; a pod that got further containers keeps it
/// @param running whether it is meant to run
/// @param failure why it was ended as a whole
/// @param play id of the play that is making or retiring it; empty when none is
public record PodRow(
        String id,
        PodSpec spec,
        String specHash,
        Phase phase,
        boolean running,
        Instant created,
        String play,
        Optional<PodFailure> failure) {

    /// One that has not failed.
    public PodRow(
            String id,
            PodSpec spec,
            String specHash,
            Phase phase,
            boolean running,
            Instant created,
            String play) {
        this(id, spec, specHash, phase, running, created, play, Optional.empty());
    }

    /// A container outside any pod: listed among containers only.
    public boolean solo() {
        return !spec.sharing().infra();
    }

    /// Of its users on the host, settled when it was made; empty: the engine's.
    public Optional<IdMappings> ids() {
        return spec.sharing().users().orElse(null)
                        instanceof PodUsers.Settled(_, var uids, var gids)
                ? Optional.of(new IdMappings(mappings(uids), mappings(gids)))
                : Optional.empty();
    }

    private static List<IdMapping> mappings(List<PodUsers.IdRange> ranges) {
        return ranges.stream()
                .map(one -> new IdMapping(one.inside(), one.outside(), one.count()))
                .toList();
    }

    public String name() {
        return spec.name();
    }

    public PodRow withPhase(Phase other, String ofPlay) {
        return new PodRow(id, spec, specHash, other, running, created, ofPlay, failure);
    }

    /// One that shall run again has not failed.
    public PodRow withRunning(boolean value) {
        var stays = value ? Optional.<PodFailure>empty() : failure;
        return new PodRow(id, spec, specHash, phase, value, created, play, stays);
    }

    /// Ended as a whole, and not to run again by itself.
    public PodRow failed(PodFailure why) {
        return new PodRow(id, spec, specHash, phase, false, created, play, Optional.of(why));
    }

    /// Updated to another spec.
    public PodRow withSpec(PodSpec other, String hash) {
        return new PodRow(id, other, hash, phase, running, created, play, failure);
    }

    public PodRow withSpec(PodSpec other) {
        return new PodRow(id, other, specHash, phase, running, created, play, failure);
    }
}

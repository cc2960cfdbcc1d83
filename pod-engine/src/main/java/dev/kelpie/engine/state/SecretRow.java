package dev.kelpie.engine.state;

import java.time.Instant;
import java.util.Map;

/// What is known of one secret besides its content, which lies encrypted in `ROOT/secrets/ID`.
///
/// @param id new with each content, so that none is ever written over
/// @param kube whether it is a Kubernetes Secret that a play brought
/// @param play id of the play that brought it, until that is committed; empty otherwise
public record SecretRow(
        String id,
        String name,
        Instant created,
        Instant updated,
        Map<String, String> labels,
        boolean kube,
        boolean immutable,
        String play) {

    public SecretRow {
        labels = Map.copyOf(labels);
    }

    public SecretRow committed() {
        return new SecretRow(id, name, created, updated, labels, kube, immutable, "");
    }
}

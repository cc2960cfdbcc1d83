package dev.kelpie.engine.report;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/// One secret, without its content.
///
/// @param kube made of a Kubernetes Secret by a play
/// @param directory where contents lie, encrypted
public record SecretSummary(
        String id,
        String name,
        Instant created,
        Instant updated,
        Map<String, String> labels,
        boolean kube,
        Path directory) {

    public SecretSummary {
        labels = Map.copyOf(labels);
    }
}

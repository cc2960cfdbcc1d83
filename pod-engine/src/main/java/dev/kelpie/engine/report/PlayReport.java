package dev.kelpie.engine.report;

import java.util.List;

/// What a play did.
///
/// @param replaced ids of pods that were taken down for it
/// @param secrets ids of the Secrets it brought, made now or kept
/// @param volumes names of the volumes it brought, made now or kept
public record PlayReport(
        List<PlayedPod> pods, List<String> replaced, List<String> secrets, List<String> volumes) {
    public PlayReport {
        pods = List.copyOf(pods);
        replaced = List.copyOf(replaced);
        secrets = List.copyOf(secrets);
        volumes = List.copyOf(volumes);
    }

    /// Every container that could not be started.
    public List<StartFailure> startFailures() {
        return pods.stream().flatMap(pod -> pod.startFailures().stream()).toList();
    }
}

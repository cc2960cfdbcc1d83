package dev.kelpie.engine.report;

import java.util.List;

/// What a play did.
///
/// @param replaced ids of pods that were taken down for it
/// @param secrets ids of the Secrets it brought, made now or kept
/// @param crons names of the CronJobs it brought, made now or kept
/// @param services names of the Services it brought, made now or kept
/// @param volumes names of the volumes it brought, made now or kept
public record PlayReport(
        List<PlayedPod> pods,
        List<String> replaced,
        List<String> secrets,
        List<String> volumes,
        List<String> services,
        List<String> crons) {
    public PlayReport {
        pods = List.copyOf(pods);
        replaced = List.copyOf(replaced);
        secrets = List.copyOf(secrets);
        volumes = List.copyOf(volumes);
        services = List.copyOf(services);
        crons = List.copyOf(crons);
    }

    /// Every container that could not be started.
    public List<StartFailure> startFailures() {
        return pods.stream().flatMap(pod -> pod.startFailures().stream()).toList();
    }
}

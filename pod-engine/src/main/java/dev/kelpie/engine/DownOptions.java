package dev.kelpie.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How to take pods down.
///
/// @param volumes named volumes to remove when the pods are gone (`kube down --force`)
/// @param secrets names of Secrets to remove, where a play made them
/// @param crons keys of CronJobs to remove, before the pods
/// @param services keys (`NAMESPACE/NAME`) of Services to remove
/// @param grace empty: what each pod says
public record DownOptions(
        List<String> volumes,
        List<String> secrets,
        List<String> services,
        List<String> crons,
        Optional<Duration> grace) {
    public static final DownOptions DEFAULT =
            new DownOptions(List.of(), List.of(), List.of(), List.of(), Optional.empty());

    public DownOptions {
        volumes = List.copyOf(volumes);
        secrets = List.copyOf(secrets);
        services = List.copyOf(services);
        crons = List.copyOf(crons);
    }
}

package dev.kelpie.engine.spec;

import java.util.List;

/// All that one play brings, each in file order.
public record PlaySpec(
        List<SecretSpec> secrets,
        List<VolumeSpec> volumes,
        List<PodSpec> pods,
        List<ServiceSpec> services,
        List<CronSpec> crons) {
    public PlaySpec {
        secrets = List.copyOf(secrets);
        volumes = List.copyOf(volumes);
        pods = List.copyOf(pods);
        services = List.copyOf(services);
        crons = List.copyOf(crons);
    }

    public static PlaySpec ofPods(List<PodSpec> pods) {
        return new PlaySpec(List.of(), List.of(), pods, List.of(), List.of());
    }
}

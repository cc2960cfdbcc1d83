package dev.kelpie.engine.spec;

import java.util.List;

/// All that one play brings, each in file order.
public record PlaySpec(
        List<SecretSpec> secrets,
        List<VolumeSpec> volumes,
        List<PodSpec> pods,
        List<ServiceSpec> services,
        List<CronSpec> crons,
        List<ConfigMapSpec> configMaps) {
    public PlaySpec {
        secrets = List.copyOf(secrets);
        volumes = List.copyOf(volumes);
        pods = List.copyOf(pods);
        services = List.copyOf(services);
        crons = List.copyOf(crons);
        configMaps = List.copyOf(configMaps);
    }

    public static PlaySpec ofPods(List<PodSpec> pods) {
        return new PlaySpec(List.of(), List.of(), pods, List.of(), List.of(), List.of());
    }

    /// The same with its pods changed.
    public PlaySpec withPods(List<PodSpec> others) {
        return new PlaySpec(secrets, volumes, others, services, crons, configMaps);
    }

    /// Whether it brings ConfigMaps and nothing else.
    public boolean onlyConfigMaps() {
        return !configMaps.isEmpty() && ofPods(List.of()).equals(withoutConfigMaps());
    }

    private PlaySpec withoutConfigMaps() {
        return new PlaySpec(secrets, volumes, pods, services, crons, List.of());
    }
}

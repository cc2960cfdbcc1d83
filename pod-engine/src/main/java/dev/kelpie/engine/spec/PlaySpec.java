package dev.kelpie.engine.spec;

import java.util.List;

/// All that one play brings, each in file order.
public record PlaySpec(List<SecretSpec> secrets, List<VolumeSpec> volumes, List<PodSpec> pods) {
    public PlaySpec {
        secrets = List.copyOf(secrets);
        volumes = List.copyOf(volumes);
        pods = List.copyOf(pods);
    }

    public static PlaySpec ofPods(List<PodSpec> pods) {
        return new PlaySpec(List.of(), List.of(), pods);
    }
}

package dev.kelpie.kubeplay;

import java.util.List;

/// What manifests are called whose objects shall go.
///
/// @param secrets names of the Secrets among them
/// @param volumes names of the volumes that their claims are
public record Names(List<Workload> workloads, List<String> secrets, List<String> volumes) {
    public Names {
        workloads = List.copyOf(workloads);
        secrets = List.copyOf(secrets);
        volumes = List.copyOf(volumes);
    }
}

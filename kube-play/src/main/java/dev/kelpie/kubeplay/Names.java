package dev.kelpie.kubeplay;

import java.util.List;

/// What manifests are called whose objects shall go.
///
/// @param secrets names of the Secrets among them
public record Names(List<Workload> workloads, List<String> secrets) {
    public Names {
        workloads = List.copyOf(workloads);
        secrets = List.copyOf(secrets);
    }
}

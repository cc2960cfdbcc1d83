package dev.kelpie.kubeplay;

import java.util.List;

/// What manifests are called whose objects shall go.
///
/// @param secrets names of the Secrets among them
/// @param volumes names of the volumes that their claims are
/// @param crons `NAMESPACE/NAME` of the CronJobs among them
/// @param services `NAMESPACE/NAME` of the Services among them
public record Names(
        List<Workload> workloads,
        List<String> secrets,
        List<String> volumes,
        List<String> services,
        List<String> crons) {
    public Names {
        workloads = List.copyOf(workloads);
        secrets = List.copyOf(secrets);
        volumes = List.copyOf(volumes);
        services = List.copyOf(services);
        crons = List.copyOf(crons);
    }
}

package dev.kelpie.kubegenerate;

import java.util.Optional;

/// What the command line asks of the text.
///
/// @param replicas of a Deployment or StatefulSet
/// @param service also make a Service for each pod's published ports
/// @param podmanOnly keep annotations that only Podman understands, and add them for what
///   Kubernetes cannot say
/// @param schedule of a CronJob, five fields; empty for other kinds
public record GenerateOptions(
        WorkloadKind kind,
        int replicas,
        Optional<ServiceKind> service,
        boolean podmanOnly,
        String schedule) {

    /// Pods, and nothing added.
    public static final GenerateOptions DEFAULT =
            new GenerateOptions(WorkloadKind.POD, 1, Optional.empty(), false, "");

    public GenerateOptions {
        if (replicas < 1) {
            throw new GenerateException("--replicas must be at least 1, was " + replicas);
        }
        if (replicas > 1 && !kind.hasReplicas()) {
            throw new GenerateException(
                    "--replicas can only be set when --type is set to deployment or statefulset");
        }
        if (kind == WorkloadKind.CRONJOB && schedule.strip().split("\\s+").length != 5) {
            throw new GenerateException(
                    "--type cronjob needs --schedule with five fields such as '0 3 * * *', was '"
                            + schedule
                            + "'");
        }
        if (kind != WorkloadKind.CRONJOB && !schedule.isEmpty()) {
            throw new GenerateException("--schedule is for --type cronjob only");
        }
    }

    /// The same for another kind.
    public GenerateOptions withKind(WorkloadKind other) {
        return new GenerateOptions(other, replicas, service, podmanOnly, schedule);
    }

    /// The same with a Service.
    public GenerateOptions withService(ServiceKind other) {
        return new GenerateOptions(kind, replicas, Optional.of(other), podmanOnly, schedule);
    }

    /// The same with another number of replicas.
    public GenerateOptions withReplicas(int other) {
        return new GenerateOptions(kind, other, service, podmanOnly, schedule);
    }
}

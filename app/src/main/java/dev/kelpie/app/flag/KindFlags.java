package dev.kelpie.app.flag;

import dev.kelpie.kubegenerate.GenerateOptions;
import dev.kelpie.kubegenerate.ServiceKind;
import dev.kelpie.kubegenerate.WorkloadKind;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Flags on which kinds of objects pods become.
public final class KindFlags {
    @Option(
            names = {"-t", "--type"},
            description = "pod (default), deployment, statefulset, daemonset, job or cronjob")
    String type = "pod";

    @Option(
            names = {"-r", "--replicas"},
            description = "Number of pods of a Deployment or StatefulSet")
    int replicas = 1;

    @Option(
            names = {"-s", "--service"},
            arity = "0..1",
            fallbackValue = "ClusterIP",
            description =
                    "Also a Service for published ports: ClusterIP (default), NodePort,"
                            + " LoadBalancer")
    String service = "";

    /// Whether any of them was given.
    public boolean given() {
        return !type.equals("pod") || replicas != 1 || !service.isEmpty();
    }

    /// The options that they make.
    ///
    /// @param schedule of a CronJob; empty for none
    public GenerateOptions options(boolean podmanOnly, String schedule) {
        var kind =
                WorkloadKind.named(type)
                        .orElseThrow(() ->
                                FlagException.meaning(
                                        "invalid generation type - "
                                                + type
                                                + ": must be pod, deployment, statefulset,"
                                                + " daemonset, job or cronjob"));
        return new GenerateOptions(kind, replicas, service(), podmanOnly, schedule);
    }

    /// `--service=true` and `=false` are as in Podman, which knows no others.
    private Optional<ServiceKind> service() {
        return switch (service) {
            case "", "false" -> Optional.empty();
            case "true" -> Optional.of(ServiceKind.CLUSTER_IP);
            default ->
                    Optional.of(
                            ServiceKind.named(service)
                                    .orElseThrow(() ->
                                            FlagException.meaning(
                                                    "invalid --service '"
                                                            + service
                                                            + "': must be ClusterIP, NodePort or"
                                                            + " LoadBalancer")));
        };
    }
}

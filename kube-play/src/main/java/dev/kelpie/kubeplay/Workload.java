package dev.kelpie.kubeplay;

import java.util.List;

/// One object of a manifest that pods come from, and the names of those pods.
///
/// @param podNames in the order of creation; empty for a Deployment of no replicas
public record Workload(String kind, String namespace, String name, List<String> podNames) {
    public Workload {
        podNames = List.copyOf(podNames);
    }

    /// Whether a pod of that name comes from this object, also from an earlier state of it with
    /// another number of replicas. What `kube down` asks of each pod.
    public boolean owns(String podName) {
        if (podNames.contains(podName)) {
            return true;
        }
        if (kind.equals(Manifest.CRON_JOB)) {
            return podName.startsWith(name + "-")
                    && podName.substring(name.length() + 1)
                            .matches("[0-9]{8,10}-pod(-[0-9]{1,6})?");
        }
        if (!Manifest.WORKLOADS.contains(kind) || !podName.startsWith(name + "-")) {
            return false;
        }
        var rest = podName.substring(name.length() + 1);
        var number = "(0|[1-9][0-9]{0,5})";
        return rest.matches(kind.equals(Manifest.STATEFUL_SET) ? number : "pod(-" + number + ")?");
    }
}

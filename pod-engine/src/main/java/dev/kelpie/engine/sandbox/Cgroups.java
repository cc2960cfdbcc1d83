package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.runtime.cgroup.ResourceLimits;

/// Names and limits of the control groups of one engine: `/kelpie-ROOT/POD/CONTAINER`.
///
/// @param parent of all pods of the engine root
public record Cgroups(String parent) {

    /// The field's default for how many tasks a container may have.
    private static final long USUAL_PIDS = 2048;

    public String pod(String pod) {
        return parent + "/" + pod;
    }

    public String container(ContainerRow row) {
        return pod(row.pod()) + "/" + row.id();
    }

    /// Where the engine and all conmons are: apart from every container, so that no limit and no
    /// kill of one meets them.
    public String conmons() {
        return parent + "/conmon";
    }

    /// CPU requests become weights as the kubelet does it: 1024 per core, at least 2.
    static ResourceLimits limits(Resources resources) {
        var limits = ResourceLimits.none();
        var pids = resources.pidsLimit().orElse(USUAL_PIDS);
        limits = limits.withPids(pids <= 0 ? -1 : pids);
        if (resources.limits().memory().isPresent()) {
            limits = limits.withMemory(resources.limits().memory().getAsLong());
        }
        if (resources.limits().milliCpu().isPresent()) {
            limits = limits.withMilliCpus(resources.limits().milliCpu().getAsLong());
        }
        if (resources.requests().milliCpu().isPresent()) {
            var shares = resources.requests().milliCpu().getAsLong() * 1024 / 1000;
            limits = limits.withCpuShares(Math.max(2, shares));
        }
        return limits;
    }
}

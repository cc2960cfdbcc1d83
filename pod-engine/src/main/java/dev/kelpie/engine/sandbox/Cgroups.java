package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.spec.Grouping;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.spec.Tuning;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.runtime.cgroup.ResourceLimits;
import dev.kelpie.runtime.cgroup.UnitGroup;
import java.util.Optional;
import java.util.OptionalLong;

/// Names and limits of the control groups of one engine: `/kelpie-ROOT/POD/CONTAINER`.
///
/// @param parent of all pods of the engine root
public record Cgroups(String parent) {

    /// Where in a unit's group all but the container stand; systemd(1) calls it so as well.
    public static final String KEEPERS = "runtime";

    public String pod(String pod) {
        return parent + "/" + pod;
    }

    public String container(ContainerRow row) {
        var group = row.spec().policy().upkeep().group();
        return switch (group.mode()) {
            case SPLIT ->
                    unit(group)
                            .map(unit -> unit + "/libpod-payload-" + row.id())
                            .orElse(usual(row));
            case BELOW -> group.group().map(parent -> parent + "/" + row.id()).orElse(usual(row));
            case ENGINE, CALLERS_CONMON -> usual(row);
        };
    }

    private String usual(ContainerRow row) {
        return pod(row.pod()) + "/" + row.id();
    }

    /// Where a container's conmon is.
    public String conmon(PodRow pod, ContainerRow row) {
        if (row.kind() == ContainerKind.INFRA) {
            var wanted = pod.spec().sharing().infraSpec().conmonGroup();
            return wanted.filter(UnitGroup::exists).orElse(conmons());
        }
        var group = row.spec().policy().upkeep().group();
        return switch (group.mode()) {
            case SPLIT -> unit(group).map(unit -> unit + "/" + KEEPERS).orElse(conmons());
            case CALLERS_CONMON -> unit(group).orElse(conmons());
            case ENGINE, BELOW -> conmons();
        };
    }

    /// The unit's group that a container splits with its conmon, if there is one now.
    public Optional<String> split(ContainerRow row) {
        var group = row.spec().policy().upkeep().group();
        return group.mode() == Grouping.Mode.SPLIT ? unit(group) : Optional.empty();
    }

    private static Optional<String> unit(Grouping group) {
        return group.group().filter(UnitGroup::exists);
    }

    /// Of one step of an image build.
    public String build(String step) {
        return parent + "/build-" + step;
    }

    /// Where the engine and all conmons are: apart from every container, so that no limit and no
    /// kill of one meets them.
    public String conmons() {
        return parent + "/conmon";
    }

    /// What all containers of a pod may use together.
    public static ResourceLimits limits(PodSpec pod) {
        var demands = pod.policy().demands();
        var limits = ResourceLimits.none();
        if (demands.limits().memory().isPresent()) {
            limits = limits.withMemory(demands.limits().memory().getAsLong());
        }
        if (demands.limits().milliCpu().isPresent()) {
            limits = limits.withMilliCpus(demands.limits().milliCpu().getAsLong());
        }
        if (demands.requests().milliCpu().isPresent()) {
            limits = limits.withCpuShares(shares(demands.requests().milliCpu().getAsLong()));
        }
        return limits;
    }

    private static long shares(long milliCpu) {
        return Math.max(2, milliCpu * 1024 / 1000);
    }

    /// CPU requests become weights as the kubelet does it: 1024 per core, at least 2.
    static ResourceLimits limits(Resources resources) {
        var limits = ResourceLimits.none();
        var pids = resources.pidsLimit().orElse(ResourceLimits.USUAL_PIDS);
        limits = limits.withPids(pids <= 0 ? -1 : pids);
        if (resources.limits().memory().isPresent()) {
            limits = limits.withMemory(resources.limits().memory().getAsLong());
        }
        if (resources.requests().memory().orElse(0) > 0) {
            limits = limits.withMemoryReservation(resources.requests().memory().getAsLong());
        }
        if (resources.limits().milliCpu().isPresent()) {
            limits = limits.withMilliCpus(resources.limits().milliCpu().getAsLong());
        }
        if (resources.requests().milliCpu().isPresent()) {
            limits = limits.withCpuShares(shares(resources.requests().milliCpu().getAsLong()));
        }
        return tuned(limits, resources.tuning());
    }

    private static ResourceLimits tuned(ResourceLimits limits, Tuning tuning) {
        var cpu = tuning.cpu();
        return new ResourceLimits(
                limits.memoryBytes(),
                boxed(tuning.memory().reservation()).or(limits::memoryReservationBytes),
                boxed(tuning.memory().withSwap()).or(limits::memoryAndSwapBytes),
                boxed(cpu.quota()).or(limits::cpuQuotaMicros),
                boxed(cpu.period()).or(limits::cpuPeriodMicros),
                boxed(cpu.shares()).or(limits::cpuShares),
                limits.pids(),
                cpu.set().or(limits::cpusetCpus));
    }

    private static Optional<Long> boxed(OptionalLong number) {
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }
}

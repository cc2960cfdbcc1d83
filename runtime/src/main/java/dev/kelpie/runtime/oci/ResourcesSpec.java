package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.cgroup.ResourceLimits;
import dev.kelpie.runtime.spec.LinuxResources;
import dev.kelpie.runtime.spec.LinuxResources.Cpu;
import dev.kelpie.runtime.spec.LinuxResources.Memory;
import dev.kelpie.runtime.spec.LinuxResources.Pids;
import java.util.List;
import java.util.Optional;

/// Limits in the runtime-spec's words.
final class ResourcesSpec {

    private ResourcesSpec() {}

    static LinuxResources of(ResourceLimits limits) {
        return of(limits, List.of());
    }

    static LinuxResources of(ResourceLimits limits, List<LinuxResources.DeviceRule> devices) {
        var memory =
                new Memory(
                        limits.memoryBytes(),
                        limits.memoryReservationBytes(),
                        limits.memoryAndSwapBytes());
        var cpu =
                new Cpu(
                        limits.cpuShares(),
                        limits.cpuQuotaMicros(),
                        limits.cpuPeriodMicros(),
                        limits.cpusetCpus(),
                        Optional.empty());
        return new LinuxResources(
                devices,
                Optional.of(memory)
                        .filter(some ->
                                some.limit().or(some::reservation).or(some::swap).isPresent()),
                Optional.of(cpu).filter(ResourcesSpec::saysSomething),
                limits.pids().map(most -> new Pids(most <= 0 ? -1 : most)));
    }

    private static boolean saysSomething(Cpu cpu) {
        return cpu.shares().or(cpu::quota).or(cpu::period).isPresent() || cpu.cpus().isPresent();
    }
}

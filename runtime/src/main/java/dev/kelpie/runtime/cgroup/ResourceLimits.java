package dev.kelpie.runtime.cgroup;

import java.util.Optional;

/// What a pod or container may use; absent is not limited. Bytes, microseconds, tasks.
///
/// @param memoryAndSwapBytes memory plus swap, as the runtime-spec counts it; -1 is unlimited swap
/// @param cpuQuotaMicros CPU time per period, over all cores; one core is the period itself
/// @param cpuShares weight against others, 1024 is usual (v1's scale, converted for v2)
public record ResourceLimits(
        Optional<Long> memoryBytes,
        Optional<Long> memoryReservationBytes,
        Optional<Long> memoryAndSwapBytes,
        Optional<Long> cpuQuotaMicros,
        Optional<Long> cpuPeriodMicros,
        Optional<Long> cpuShares,
        Optional<Long> pids,
        Optional<String> cpusetCpus) {

    /// Processes of a container of which nobody says how many, as in Podman.
    public static final long USUAL_PIDS = 2048;

    /// The period that quotas usually count in, 100 ms.
    public static final long USUAL_PERIOD = 100_000;

    private static final ResourceLimits NONE =
            new ResourceLimits(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    public static ResourceLimits none() {
        return NONE;
    }

    public ResourceLimits withMemory(long bytes) {
        return new ResourceLimits(
                Optional.of(bytes),
                memoryReservationBytes,
                memoryAndSwapBytes,
                cpuQuotaMicros,
                cpuPeriodMicros,
                cpuShares,
                pids,
                cpusetCpus);
    }

    /// What is left to it as long as there is any choice.
    public ResourceLimits withMemoryReservation(long bytes) {
        return new ResourceLimits(
                memoryBytes,
                Optional.of(bytes),
                memoryAndSwapBytes,
                cpuQuotaMicros,
                cpuPeriodMicros,
                cpuShares,
                pids,
                cpusetCpus);
    }

    /// Limits CPU time to so many thousandths of a core.
    public ResourceLimits withMilliCpus(long milliCpus) {
        return new ResourceLimits(
                memoryBytes,
                memoryReservationBytes,
                memoryAndSwapBytes,
                Optional.of(Math.max(1000, milliCpus * USUAL_PERIOD / 1000)),
                Optional.of(USUAL_PERIOD),
                cpuShares,
                pids,
                cpusetCpus);
    }

    public ResourceLimits withCpuShares(long shares) {
        return new ResourceLimits(
                memoryBytes,
                memoryReservationBytes,
                memoryAndSwapBytes,
                cpuQuotaMicros,
                cpuPeriodMicros,
                Optional.of(shares),
                pids,
                cpusetCpus);
    }

    public ResourceLimits withCpuset(Optional<String> cpus) {
        return new ResourceLimits(
                memoryBytes,
                memoryReservationBytes,
                memoryAndSwapBytes,
                cpuQuotaMicros,
                cpuPeriodMicros,
                cpuShares,
                pids,
                cpus);
    }

    public ResourceLimits withPids(long most) {
        return new ResourceLimits(
                memoryBytes,
                memoryReservationBytes,
                memoryAndSwapBytes,
                cpuQuotaMicros,
                cpuPeriodMicros,
                cpuShares,
                Optional.of(most),
                cpusetCpus);
    }
}

package dev.kelpie.runtime.spec;

import java.util.List;
import java.util.Optional;

/// Control-group limits in the runtime-spec's words; also what `update --resources` reads.
public record LinuxResources(
        List<DeviceRule> devices, Optional<Memory> memory, Optional<Cpu> cpu, Optional<Pids> pids) {

    public LinuxResources {
        devices = List.copyOf(devices);
    }

    /// One rule of the device list; absent numbers mean every device of the type.
    public record DeviceRule(
            boolean allow,
            Optional<String> type,
            Optional<Long> major,
            Optional<Long> minor,
            String access) {}

    /// Bytes; `swap` is memory plus swap, -1 is unlimited.
    public record Memory(Optional<Long> limit, Optional<Long> reservation, Optional<Long> swap) {}

    /// `quota` and `period` in microseconds; `cpus` and `mems` are lists such as `0-2,7`.
    public record Cpu(
            Optional<Long> shares,
            Optional<Long> quota,
            Optional<Long> period,
            Optional<String> cpus,
            Optional<String> mems) {}

    /// Most tasks at once; -1 is unlimited.
    public record Pids(long limit) {}
}

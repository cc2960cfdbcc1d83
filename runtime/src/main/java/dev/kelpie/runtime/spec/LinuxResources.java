package dev.kelpie.runtime.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Control-group limits in the runtime-spec's words; also what `update --resources` reads.
public record LinuxResources(
        List<DeviceRule> devices,
        Optional<Memory> memory,
        Optional<Cpu> cpu,
        Optional<Pids> pids,
        Optional<BlockIo> blockIO,
        Map<String, String> unified) {

    public LinuxResources {
        devices = List.copyOf(devices);
        unified = Map.copyOf(unified);
    }

    /// Reading and writing of block devices; a weight is 10 to 1000.
    public record BlockIo(
            Optional<Integer> weight,
            List<DeviceWeight> weightDevice,
            List<Throttle> throttleReadBpsDevice,
            List<Throttle> throttleWriteBpsDevice,
            List<Throttle> throttleReadIOPSDevice,
            List<Throttle> throttleWriteIOPSDevice) {

        public BlockIo {
            weightDevice = List.copyOf(weightDevice);
            throttleReadBpsDevice = List.copyOf(throttleReadBpsDevice);
            throttleWriteBpsDevice = List.copyOf(throttleWriteBpsDevice);
            throttleReadIOPSDevice = List.copyOf(throttleReadIOPSDevice);
            throttleWriteIOPSDevice = List.copyOf(throttleWriteIOPSDevice);
        }
    }

    /// The weight of one device's.
    public record DeviceWeight(long major, long minor, int weight) {}

    /// Most bytes or operations of one device in a second.
    public record Throttle(long major, long minor, long rate) {}

    /// One rule of the device list; absent numbers mean every device of the type.
    public record DeviceRule(
            boolean allow,
            Optional<String> type,
            Optional<Long> major,
            Optional<Long> minor,
            String access) {}

    /// Bytes; `swap` is memory plus swap, -1 is unlimited.
    public record Memory(
            Optional<Long> limit,
            Optional<Long> reservation,
            Optional<Long> swap,
            Optional<Long> swappiness) {}

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

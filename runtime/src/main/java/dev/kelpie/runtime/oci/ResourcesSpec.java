package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.cgroup.ResourceLimits;
import dev.kelpie.runtime.kernel.EntryType;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.spec.LinuxResources;
import dev.kelpie.runtime.spec.LinuxResources.BlockIo;
import dev.kelpie.runtime.spec.LinuxResources.Cpu;
import dev.kelpie.runtime.spec.LinuxResources.Memory;
import dev.kelpie.runtime.spec.LinuxResources.Pids;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Limits in the runtime-spec's words.
final class ResourcesSpec {

    private ResourcesSpec() {}

    static LinuxResources of(ResourceLimits limits, GroupWords words) {
        return of(limits, words, List.of());
    }

    static LinuxResources of(
            ResourceLimits limits, GroupWords words, List<LinuxResources.DeviceRule> devices) {
        var memory =
                new Memory(
                        limits.memoryBytes(),
                        limits.memoryReservationBytes(),
                        limits.memoryAndSwapBytes(),
                        words.swappiness());
        var cpu =
                new Cpu(
                        limits.cpuShares(),
                        limits.cpuQuotaMicros(),
                        limits.cpuPeriodMicros(),
                        limits.cpusetCpus(),
                        words.mems());
        var allowed = new ArrayList<>(devices);
        allowed.addAll(words.devices());
        return new LinuxResources(
                allowed,
                Optional.of(memory).filter(ResourcesSpec::saysSomething),
                Optional.of(cpu).filter(ResourcesSpec::saysSomething),
                limits.pids().map(most -> new Pids(most <= 0 ? -1 : most)),
                blockIo(words),
                words.unified());
    }

    private static boolean saysSomething(Memory memory) {
        return memory.limit().or(memory::reservation).or(memory::swap).isPresent()
                || memory.swappiness().isPresent();
    }

    private static boolean saysSomething(Cpu cpu) {
        return cpu.shares().or(cpu::quota).or(cpu::period).isPresent()
                || cpu.cpus().or(cpu::mems).isPresent();
    }

    private static Optional<BlockIo> blockIo(GroupWords words) {
        if (words.ioWeight().isEmpty() && words.ioRules().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new BlockIo(
                        words.ioWeight(),
                        rules(words, GroupWords.Kind.WEIGHT).stream()
                                .map(rule ->
                                        new LinuxResources.DeviceWeight(
                                                rule.major(), rule.minor(), (int) rule.rate()))
                                .toList(),
                        rules(words, GroupWords.Kind.READ_BYTES),
                        rules(words, GroupWords.Kind.WRITE_BYTES),
                        rules(words, GroupWords.Kind.READ_OPERATIONS),
                        rules(words, GroupWords.Kind.WRITE_OPERATIONS)));
    }

    private static List<LinuxResources.Throttle> rules(GroupWords words, GroupWords.Kind kind) {
        return words.ioRules().stream()
                .filter(rule -> rule.kind() == kind)
                .map(rule -> throttle(rule.device(), rule.value()))
                .toList();
    }

    /// A device by the numbers that it has now.
    private static LinuxResources.Throttle throttle(Path device, long value) {
        try (var host = RootedDirectory.open(Path.of("/"))) {
            return host.statFollowing(device.toString())
                    .filter(facts -> facts.type() == EntryType.BLOCK_DEVICE)
                    .map(facts ->
                            new LinuxResources.Throttle(
                                    facts.device().major(), facts.device().minor(), value))
                    .orElseThrow(() ->
                            new FileAccessException("'" + device + "' is not a block device"));
        }
    }
}

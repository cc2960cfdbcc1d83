package dev.kelpie.app.command.container;

import dev.kelpie.app.flag.ByteSize;
import dev.kelpie.app.flag.DeviceFlag;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.UlimitFlag;
import dev.kelpie.engine.spec.Tuning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Flags on what the kernel is told of a new container in its own words.
final class TuningFlags {
    @Option(
            names = {"-c", "--cpu-shares"},
            description = "Weight of its processor time, 1024 is usual")
    long cpuShares;

    @Option(names = "--cpu-period", description = "Period of --cpu-quota in microseconds")
    long cpuPeriod;

    @Option(names = "--cpu-quota", description = "Microseconds of processor time in each period")
    long cpuQuota;

    @Option(names = "--cpuset-cpus", description = "Processors it may use: 0-3,5")
    String cpuset = "";

    @Option(names = "--memory-swap", description = "Most memory and swap together; -1 for no limit")
    String memorySwap = "";

    @Option(names = "--memory-reservation", description = "Memory that is taken from it last")
    String memoryReservation = "";

    @Option(names = "--oom-score-adj", description = "Who goes first without memory: -1000 to 1000")
    @Nullable Integer oomScoreAdj;

    @Option(names = "--ulimit", description = "Limit of its processes: nofile=1024:2048")
    List<String> ulimits = new ArrayList<>();

    @Mixin GroupFlags groups = new GroupFlags();

    @Option(
            names = "--device",
            description = "Device of the host: /dev/x[:/dev/y][:rwm], or vendor.com/class=name")
    List<String> devices = new ArrayList<>();

    @Option(
            names = "--gpus",
            description = "GPUs by the names of nvidia.com/gpu: all, 0, device=0,1")
    List<String> gpus = new ArrayList<>();

    /// Whether there is something that a container cannot be given later.
    boolean isForANewOne() {
        return oomScoreAdj != null
                || !ulimits.isEmpty()
                || !devices.isEmpty()
                || !gpus.isEmpty()
                || groups.isForANewOne();
    }

    Tuning tuning() {
        return new Tuning(
                new Tuning.Cpu(
                        positive("--cpu-shares", cpuShares),
                        positive("--cpu-period", cpuPeriod),
                        positive("--cpu-quota", cpuQuota),
                        set("--cpuset-cpus", cpuset),
                        set("--cpuset-mems", groups.mems)),
                new Tuning.Memory(
                        swap(),
                        bytes("--memory-reservation", memoryReservation),
                        groups.swappiness()),
                oomScore(),
                ulimits.stream().map(UlimitFlag::parse).toList(),
                devices(),
                groups.words());
    }

    private List<Tuning.Device> devices() {
        return Stream.concat(
                        devices.stream().flatMap(word -> DeviceFlag.parse(word).stream()),
                        gpus.stream().flatMap(word -> DeviceFlag.gpus(word).stream()))
                .toList();
    }

    private static Optional<String> set(String flag, String text) {
        if (!text.isEmpty() && !text.matches("\\d+(-\\d+)?(,\\d+(-\\d+)?)*")) {
            throw FlagException.meaning("invalid " + flag + " \"" + text + "\": use 0-3,5");
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private OptionalLong swap() {
        return memorySwap.equals("-1") ? OptionalLong.of(-1) : bytes("--memory-swap", memorySwap);
    }

    private static OptionalLong bytes(String flag, String text) {
        return text.isEmpty() || text.equals("0")
                ? OptionalLong.empty()
                : OptionalLong.of(ByteSize.parse(flag, text));
    }

    private static OptionalLong positive(String flag, long value) {
        if (value < 0) {
            throw FlagException.meaning(flag + " must not be negative, was \"" + value + "\"");
        }
        return value == 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private OptionalInt oomScore() {
        if (oomScoreAdj == null) {
            return OptionalInt.empty();
        }
        if (oomScoreAdj < -1000 || oomScoreAdj > 1000) {
            throw FlagException.meaning(
                    "--oom-score-adj must be -1000 to 1000, was \"" + oomScoreAdj + "\"");
        }
        return OptionalInt.of(oomScoreAdj);
    }
}

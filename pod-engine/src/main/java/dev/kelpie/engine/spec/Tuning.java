package dev.kelpie.engine.spec;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// What the kernel is told of a container in its own words, beyond amounts of memory and
/// processors.
///
/// @param oomScoreAdj who goes first when memory is out, -1000 to 1000
public record Tuning(
        Cpu cpu,
        Memory memory,
        OptionalInt oomScoreAdj,
        List<Ulimit> ulimits,
        List<Device> devices,
        GroupWords groups) {
    public static final Tuning NONE =
            new Tuning(
                    Cpu.USUAL,
                    Memory.USUAL,
                    OptionalInt.empty(),
                    List.of(),
                    List.of(),
                    GroupWords.NONE);

    /// With no further words to its control group.
    public Tuning(
            Cpu cpu,
            Memory memory,
            OptionalInt oomScoreAdj,
            List<Ulimit> ulimits,
            List<Device> devices) {
        this(cpu, memory, oomScoreAdj, ulimits, devices, GroupWords.NONE);
    }

    /// The same on other processors.
    public Tuning withCpu(Cpu other) {
        return new Tuning(other, memory, oomScoreAdj, ulimits, devices, groups);
    }

    /// The same with other limits of its processes.
    public Tuning withUlimits(List<Ulimit> others) {
        return new Tuning(cpu, memory, oomScoreAdj, others, devices, groups);
    }

    /// The same with other devices.
    public Tuning withDevices(List<Device> others) {
        return new Tuning(cpu, memory, oomScoreAdj, ulimits, others, groups);
    }

    public Tuning {
        cpu = Objects.requireNonNullElse(cpu, Cpu.USUAL);
        memory = Objects.requireNonNullElse(memory, Memory.USUAL);
        oomScoreAdj = Objects.requireNonNullElse(oomScoreAdj, OptionalInt.empty());
        ulimits = List.copyOf(Objects.requireNonNullElse(ulimits, List.of()));
        devices = List.copyOf(Objects.requireNonNullElse(devices, List.of()));
        groups = Objects.requireNonNullElse(groups, GroupWords.NONE);
    }

    /// Time on the processors.
    ///
    /// @param shares weight against others, 1024 is usual
    /// @param period in which the quota counts, microseconds
    /// @param quota microseconds of all processors together
    /// @param set processors it may run on, `0-3,5`
    /// @param mems memory nodes it may use, `0-1`
    public record Cpu(
            OptionalLong shares,
            OptionalLong period,
            OptionalLong quota,
            Optional<String> set,
            Optional<String> mems) {
        public static final Cpu USUAL =
                new Cpu(
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.empty());

        public Cpu {
            mems = Objects.requireNonNullElse(mems, Optional.empty());
        }

        /// On any of the memory nodes.
        public Cpu(
                OptionalLong shares,
                OptionalLong period,
                OptionalLong quota,
                Optional<String> set) {
            this(shares, period, quota, set, Optional.empty());
        }
    }

    /// Memory beyond its limit.
    ///
    /// @param withSwap bytes of memory and swap together, -1 for no limit
    /// @param reservation bytes that are taken from it last
    /// @param swappiness how readily it is swapped, 0 to 100; cgroup v1 alone has it
    public record Memory(OptionalLong withSwap, OptionalLong reservation, OptionalLong swappiness) {
        public static final Memory USUAL =
                new Memory(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

        /// As readily swapped as usual.
        public Memory(OptionalLong withSwap, OptionalLong reservation) {
            this(withSwap, reservation, OptionalLong.empty());
        }

        public Memory {
            swappiness = Objects.requireNonNullElse(swappiness, OptionalLong.empty());
        }
    }

    /// A limit of its processes, see setrlimit(2).
    ///
    /// @param name `nofile`, as ulimit(1) and limits.conf(5) have it
    /// @param soft -1 for no limit
    public record Ulimit(String name, long soft, long hard) {}

    /// A device of the host's.
    ///
    /// @param hostPath its node, or its name by its maker: `vendor.com/class=name`
    /// @param containerPath empty for one that is named
    /// @param access letters out of `rwm`; empty for one that is named
    /// @param registries folders of spec files that say what it is, empty for the host's usual ones
    public record Device(
            String hostPath, String containerPath, String access, List<String> registries) {
        private static final Pattern NAME =
                Pattern.compile(
                        "[A-Za-z]([\\w.-]{0,251}[A-Za-z0-9])?/[A-Za-z]([\\w.-]{0,61}[A-Za-z0-9])?"
                                + "=[A-Za-z0-9]([\\w.:-]{0,251}[A-Za-z0-9])?");

        public Device {
            registries = List.copyOf(Objects.requireNonNullElse(registries, List.of()));
        }

        /// One of the host's nodes.
        public Device(String hostPath, String containerPath, String access) {
            this(hostPath, containerPath, access, List.of());
        }

        /// One by its maker's name, which `isName` has.
        public static Device named(String name) {
            return new Device(name, "", "");
        }

        /// The same as these folders have it, unless there are none.
        public Device from(List<String> folders) {
            return named() ? new Device(hostPath, containerPath, access, folders) : this;
        }

        /// Whether it is a name of the Container Device Interface.
        public static boolean isName(String word) {
            return NAME.matcher(word).matches();
        }

        /// Whether it has no path but a name.
        public boolean named() {
            return !hostPath.startsWith("/");
        }

        /// As `--device` has it.
        public String words() {
            return named() ? hostPath : hostPath + ":" + containerPath + ":" + access;
        }
    }
}

package dev.kelpie.engine.spec;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/// What a container's control group is told beyond processors and memory.
///
/// @param ioWeight of its reading and writing against others', 10 to 1000
/// @param ioRules for single devices
/// @param deviceRules devices that it may use, whether it has a node of them or not
/// @param unified files of cgroup v2 and what is written to them
public record GroupWords(
        OptionalInt ioWeight,
        List<IoRule> ioRules,
        List<DeviceRule> deviceRules,
        Map<String, String> unified) {
    public static final GroupWords NONE =
            new GroupWords(OptionalInt.empty(), List.of(), List.of(), Map.of());

    public GroupWords {
        ioRules = List.copyOf(ioRules);
        deviceRules = List.copyOf(deviceRules);
        unified = Collections.unmodifiableMap(new TreeMap<>(unified));
    }

    /// What holds for one block device of the host's.
    ///
    /// @param value a weight, or bytes or operations a second
    public record IoRule(Kind kind, String device, long value) {}

    /// What of a block device is weighed or bounded.
    public enum Kind {
        WEIGHT,
        READ_BYTES,
        WRITE_BYTES,
        READ_OPERATIONS,
        WRITE_OPERATIONS
    }

    /// Devices by their numbers; an absent number stands for all.
    ///
    /// @param type `c`, `b` or `a` for all
    /// @param access letters out of `rwm`
    public record DeviceRule(String type, OptionalLong major, OptionalLong minor, String access) {}
}

package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.spec.LinuxResources.DeviceRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a control group is told beyond amounts, see config-linux.md.
///
/// @param mems memory nodes it may use, `0-1`
/// @param swappiness how readily its memory is swapped, 0 to 100; cgroup v1 alone has it
/// @param ioWeight of its reading and writing, 10 to 1000
/// @param ioRules for single block devices
/// @param devices that it may use beyond those that it has nodes of
/// @param unified files of cgroup v2 and what is written to them
public record GroupWords(
        Optional<String> mems,
        Optional<Long> swappiness,
        Optional<Integer> ioWeight,
        List<IoRule> ioRules,
        List<DeviceRule> devices,
        Map<String, String> unified) {
    public static final GroupWords NONE =
            new GroupWords(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Map.of());

    public GroupWords {
        ioRules = List.copyOf(ioRules);
        devices = List.copyOf(devices);
        unified = Map.copyOf(unified);
    }

    /// What holds for one block device of the host's.
    ///
    /// @param value a weight, or bytes or operations a second
    public record IoRule(Kind kind, Path device, long value) {}

    /// What of a block device is weighed or bounded.
    public enum Kind {
        WEIGHT,
        READ_BYTES,
        WRITE_BYTES,
        READ_OPERATIONS,
        WRITE_OPERATIONS
    }
}

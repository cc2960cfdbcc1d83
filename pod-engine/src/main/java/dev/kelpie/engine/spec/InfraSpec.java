package dev.kelpie.engine.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// What was said of a pod's infra container and of what it holds.
///
/// @param name empty: the pod's short id and `-infra`
/// @param conmonPidFile where the process id of its conmon is written at each start, for systemd
/// @param conmonGroup the control group of the unit that asked, for its conmon; empty: the engine's
/// @param shmSize bytes of /dev/shm; empty: the usual size
/// @param mounts of volumes of the pod, which every container that joins it has too
public record InfraSpec(
        Optional<String> name,
        Optional<Path> conmonPidFile,
        Optional<String> conmonGroup,
        OptionalLong shmSize,
        List<VolumeMount> mounts) {
    public static final InfraSpec USUAL =
            new InfraSpec(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    List.of());

    /// The field's size of /dev/shm.
    private static final long SHM_BYTES = 65_536_000;

    /// How much its /dev/shm holds.
    public long shmBytes() {
        return shmSize.orElse(SHM_BYTES);
    }

    public InfraSpec withShmSize(OptionalLong bytes) {
        return new InfraSpec(name, conmonPidFile, conmonGroup, bytes, mounts);
    }

    public InfraSpec {
        conmonGroup = Objects.requireNonNullElse(conmonGroup, Optional.empty());
        mounts = List.copyOf(Objects.requireNonNullElse(mounts, List.of()));
    }
}

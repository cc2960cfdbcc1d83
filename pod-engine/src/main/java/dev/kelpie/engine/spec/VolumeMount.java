package dev.kelpie.engine.spec;

import java.util.List;
import java.util.Optional;

/// Where a container sees a volume of its pod.
///
/// @param mountPath absolute, inside the container
/// @param subPath a path inside the volume, resolved so that it cannot leave it
/// @param recursiveReadOnly mounts below it are read-only too; goes with `readOnly`
/// @param copyUp fill an empty volume with what the image has at that place (named volumes of
///   `run`)
/// @param flags those it has of `nosuid`, `nodev` and `noexec`
public record VolumeMount(
        String volume,
        String mountPath,
        Optional<String> subPath,
        boolean readOnly,
        Propagation propagation,
        boolean copyUp,
        boolean recursiveReadOnly,
        List<String> flags) {

    /// No flag that anybody can write, so that every path stays free for mounts of users.
    private static final String DECLARED = "declared";

    /// All volumes that an image declares, each at its path, which the engine finds out.
    ///
    /// @param volume one of an image
    public static VolumeMount declared(String volume) {
        return new VolumeMount(volume, "/*", Optional.empty(), true, Propagation.RPRIVATE, false)
                .withFlags(List.of(DECLARED));
    }

    /// Whether it stands for what an image declares.
    public boolean standsForAll() {
        return flags.contains(DECLARED);
    }

    /// Whether both are to be at the same one path.
    boolean covers(VolumeMount other) {
        return !standsForAll() && !other.standsForAll() && mountPath.equals(other.mountPath);
    }

    /// The part of its volume that has this path, at that path.
    public VolumeMount at(String path) {
        return new VolumeMount(
                volume,
                path,
                Optional.of(path.substring(1)),
                readOnly,
                propagation,
                copyUp,
                recursiveReadOnly,
                flags.stream().filter(flag -> !flag.equals(DECLARED)).toList());
    }

    /// It has none of the flags.
    public VolumeMount(
            String volume,
            String mountPath,
            Optional<String> subPath,
            boolean readOnly,
            Propagation propagation,
            boolean copyUp,
            boolean recursiveReadOnly) {
        this(
                volume,
                mountPath,
                subPath,
                readOnly,
                propagation,
                copyUp,
                recursiveReadOnly,
                List.of());
    }

    /// Mounts below it keep what they are, and it has none of the flags.
    public VolumeMount(
            String volume,
            String mountPath,
            Optional<String> subPath,
            boolean readOnly,
            Propagation propagation,
            boolean copyUp) {
        this(volume, mountPath, subPath, readOnly, propagation, copyUp, false);
    }

    public VolumeMount {
        flags = List.copyOf(flags);
        if (!mountPath.startsWith("/")) {
            throw new IllegalArgumentException(
                    "a mount path must be absolute, was '" + mountPath + "'");
        }
    }

    /// The same of a volume of another name.
    public VolumeMount of(String otherVolume) {
        return new VolumeMount(
                otherVolume,
                mountPath,
                subPath,
                readOnly,
                propagation,
                copyUp,
                recursiveReadOnly,
                flags);
    }

    /// The same with these flags.
    public VolumeMount withFlags(List<String> others) {
        return new VolumeMount(
                volume,
                mountPath,
                subPath,
                readOnly,
                propagation,
                copyUp,
                recursiveReadOnly,
                others);
    }

    /// How later mounts travel between host and container, by the kernel's names (Kubernetes: None,
    /// HostToContainer, Bidirectional).
    public enum Propagation {
        RPRIVATE,
        RSLAVE,
        RSHARED
    }
}

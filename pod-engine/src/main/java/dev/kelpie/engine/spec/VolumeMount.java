package dev.kelpie.engine.spec;

import java.util.Optional;

/// Where a container sees a volume of its pod.
///
/// @param mountPath absolute, inside the container
/// @param subPath a path inside the volume, resolved so that it cannot leave it
/// @param recursiveReadOnly mounts below it are read-only too; goes with `readOnly`
/// @param copyUp fill an empty volume with what the image has at that place (named volumes of
///   `run`)
public record VolumeMount(
        String volume,
        String mountPath,
        Optional<String> subPath,
        boolean readOnly,
        Propagation propagation,
        boolean copyUp,
        boolean recursiveReadOnly) {

    /// Mounts below it keep what they are.
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
        if (!mountPath.startsWith("/")) {
            throw new IllegalArgumentException(
                    "a mount path must be absolute, was '" + mountPath + "'");
        }
    }

    /// How later mounts travel between host and container, by the kernel's names (Kubernetes: None,
    /// HostToContainer, Bidirectional).
    public enum Propagation {
        RPRIVATE,
        RSLAVE,
        RSHARED
    }
}

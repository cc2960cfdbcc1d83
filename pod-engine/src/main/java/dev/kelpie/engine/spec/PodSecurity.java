package dev.kelpie.engine.spec;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What holds for a pod as a whole: kernel parameters of its namespaces, and whose its volumes are.
///
/// @param sysctls by the name with dots; only those of the pod's own namespaces, see [Sysctl]
/// @param fsGroup the group that volumes are given to
public record PodSecurity(Map<String, String> sysctls, Optional<FsGroup> fsGroup) {

    public static final PodSecurity DEFAULT = new PodSecurity(Map.of(), Optional.empty());

    public PodSecurity {
        for (var name : sysctls.keySet()) {
            if (Sysctl.of(name).isEmpty()) {
                throw new IllegalArgumentException(
                        "sysctl '" + name + "' belongs to no namespace of a pod");
            }
        }
        sysctls = java.util.Collections.unmodifiableMap(new TreeMap<>(sysctls));
    }

    /// Kubernetes' `fsGroup` with its `fsGroupChangePolicy`.
    ///
    /// @param onRootMismatch leave a lasting volume alone whose top folder is the group's already
    public record FsGroup(long id, boolean onRootMismatch) {}
}

package dev.kelpie.engine.spec;

import java.util.Optional;

/// Which namespaces the containers of a pod share, and with whom. Network, IPC and UTS are shared
/// by every pod that has an infra container; the mount namespace never is.
///
/// @param infra whether an infra container owns the shared namespaces
/// @param shareProcesses one PID namespace for the pod (`shareProcessNamespace`)
/// @param said empty: nothing was said of the infra container
public record PodSharing(
        boolean infra,
        boolean shareProcesses,
        boolean hostPid,
        boolean hostIpc,
        Optional<InfraSpec> said) {
    public static final PodSharing POD =
            new PodSharing(true, false, false, false, Optional.empty());

    /// A container by itself.
    public static final PodSharing SOLO =
            new PodSharing(false, false, false, false, Optional.empty());

    public InfraSpec infraSpec() {
        return said.orElse(InfraSpec.USUAL);
    }
}

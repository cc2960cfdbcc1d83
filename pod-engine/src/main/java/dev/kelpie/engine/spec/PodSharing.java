package dev.kelpie.engine.spec;

import java.util.Objects;
import java.util.Optional;

/// Which namespaces the containers of a pod share, and with whom. Network, IPC and UTS are shared
/// by every pod that has an infra container; the mount namespace never is.
///
/// @param infra whether an infra container owns the shared namespaces
/// @param shareProcesses one PID namespace for the pod (`shareProcessNamespace`)
/// @param said empty: nothing was said of the infra container
/// @param users of a namespace of their own; empty: the engine's
public record PodSharing(
        boolean infra,
        boolean shareProcesses,
        boolean hostPid,
        boolean hostIpc,
        Optional<InfraSpec> said,
        Optional<PodUsers> users,
        Scopes scopes) {

    public static final PodSharing POD =
            new PodSharing(true, false, false, false, Optional.empty());

    /// A container by itself.
    public static final PodSharing SOLO =
            new PodSharing(false, false, false, false, Optional.empty());

    /// With the engine's users.
    public PodSharing(
            boolean infra,
            boolean shareProcesses,
            boolean hostPid,
            boolean hostIpc,
            Optional<InfraSpec> said) {
        this(infra, shareProcesses, hostPid, hostIpc, said, Optional.empty());
    }

    /// With no further namespaces from elsewhere.
    public PodSharing(
            boolean infra,
            boolean shareProcesses,
            boolean hostPid,
            boolean hostIpc,
            Optional<InfraSpec> said,
            Optional<PodUsers> users) {
        this(infra, shareProcesses, hostPid, hostIpc, said, users, Scopes.NONE);
    }

    public PodSharing {
        // rows that an earlier version wrote have none
        scopes = Objects.requireNonNullElse(scopes, Scopes.NONE);
    }

    /// The same with other users.
    public PodSharing withUsers(Optional<PodUsers> others) {
        return new PodSharing(infra, shareProcesses, hostPid, hostIpc, said, others, scopes);
    }

    /// The same with further namespaces from elsewhere.
    public PodSharing withScopes(Scopes others) {
        return new PodSharing(infra, shareProcesses, hostPid, hostIpc, said, users, others);
    }

    /// What was asked for, whether it is settled or not.
    public Optional<PodUsers> usersAsked() {
        return users.map(it -> it instanceof PodUsers.Settled settled ? settled.asked() : it);
    }

    public InfraSpec infraSpec() {
        return said.orElse(InfraSpec.USUAL);
    }
}

package dev.kelpie.engine.spec;

import java.util.Objects;
import java.util.Set;

/// What a container is trusted with, beyond or below the engine's defaults.
///
/// @param addCapabilities names without `CAP_`, upper case; `ALL` stands for each
/// @param noScratch nothing writable is laid over `/run`, `/tmp` and `/var/tmp` of a read-only root
/// @param noNewPrivileges Kubernetes' `allowPrivilegeEscalation: false`
public record Security(
        boolean privileged,
        boolean readOnlyRootFilesystem,
        boolean noScratch,
        boolean noNewPrivileges,
        Set<String> addCapabilities,
        Set<String> dropCapabilities,
        RunAs runAs,
        Confinement confinement) {

    public static final Security DEFAULT =
            new Security(
                    false, false, false, false, Set.of(), Set.of(), RunAs.USUAL, Confinement.USUAL);

    public Security {
        addCapabilities = Set.copyOf(addCapabilities);
        dropCapabilities = Set.copyOf(dropCapabilities);
        // rows that an earlier version wrote have neither
        runAs = Objects.requireNonNullElse(runAs, RunAs.USUAL);
        confinement = Objects.requireNonNullElse(confinement, Confinement.USUAL);
    }
}

package dev.kelpie.engine.spec;

import java.util.Set;

/// What a container is trusted with, beyond or below the engine's defaults.
///
/// @param addCapabilities names without `CAP_`, upper case; `ALL` stands for each
/// @param noNewPrivileges Kubernetes' `allowPrivilegeEscalation: false`
public record Security(
        boolean privileged,
        boolean readOnlyRootFilesystem,
        boolean noNewPrivileges,
        Set<String> addCapabilities,
        Set<String> dropCapabilities) {

    public static final Security DEFAULT = new Security(false, false, false, Set.of(), Set.of());

    public Security {
        addCapabilities = Set.copyOf(addCapabilities);
        dropCapabilities = Set.copyOf(dropCapabilities);
    }
}

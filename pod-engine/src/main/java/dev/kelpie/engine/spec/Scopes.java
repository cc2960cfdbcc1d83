package dev.kelpie.engine.spec;

import java.util.Optional;

/// Which further namespaces a pod has from elsewhere.
///
/// @param hostUts the host's name and domain
/// @param hostCgroup the host's view of control groups
/// @param processesOf id of the container whose processes it sees
/// @param ipcOf id of the container whose queues and shared memory it has
/// @param utsOf id of the container whose host name it has
public record Scopes(
        boolean hostUts,
        boolean hostCgroup,
        Optional<String> processesOf,
        Optional<String> ipcOf,
        Optional<String> utsOf) {
    public static final Scopes NONE =
            new Scopes(false, false, Optional.empty(), Optional.empty(), Optional.empty());
}

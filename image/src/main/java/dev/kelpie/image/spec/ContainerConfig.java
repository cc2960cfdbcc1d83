package dev.kelpie.image.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The `config` part of an image's configuration: defaults for a container's execution.
///
/// @param command what runs
/// @param user `user[:group]`, names or numbers; empty is root
/// @param workingDir absolute; empty is `/`
/// @param env `NAME=value`, in order
/// @param exposedPorts `port[/protocol]`
/// @param volumes absolute paths where data outlives a container
/// @param stopSignal a name (`SIGTERM`, `RTMIN+3`) or a number
/// @param labels free words about the image
public record ContainerConfig(
        ImageCommand command,
        String user,
        String workingDir,
        List<String> env,
        Set<String> exposedPorts,
        Set<String> volumes,
        Optional<String> stopSignal,
        Map<String, String> labels) {

    public static final ContainerConfig EMPTY =
            new ContainerConfig(
                    ImageCommand.NONE,
                    "",
                    "",
                    List.of(),
                    Set.of(),
                    Set.of(),
                    Optional.empty(),
                    Map.of());

    public ContainerConfig {
        env = List.copyOf(env);
        exposedPorts = Collections.unmodifiableSet(new LinkedHashSet<>(exposedPorts));
        volumes = Collections.unmodifiableSet(new LinkedHashSet<>(volumes));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }
}

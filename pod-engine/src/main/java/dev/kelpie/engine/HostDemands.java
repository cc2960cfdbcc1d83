package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.sandbox.HostPaths;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PodUsers;
import dev.kelpie.engine.spec.Resources;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What specs demand of this host and it may lack; looked at before anything is made.
final class HostDemands {

    private static final String COPIES =
            "mounts cannot translate the owners of files here: the image is copied";

    private HostDemands() {}

    /// Throws with everything that the host does not have.
    static void check(Core core, List<PodSpec> pods) {
        HostPaths.check(pods);
        var problems = new ArrayList<String>();
        for (var pod : pods) {
            if (pod.sharing().users().isPresent() && core.parts.runtime().name().equals("runc")) {
                problems.add(
                        "pod '"
                                + pod.name()
                                + "': a user namespace of its own needs crun (apt-get install crun)");
            }
            pod.policy()
                    .demands()
                    .runtime()
                    .filter(name -> core.runtimeNamed(name).isEmpty())
                    .ifPresent(name ->
                            problems.add(
                                    "pod '"
                                            + pod.name()
                                            + "': there is no OCI runtime '"
                                            + name
                                            + "' here (spec.runtimeClassName)"));
            problems.addAll(NfsVolumes.obstacles(core, pod));
            for (var container : pod.allContainers()) {
                core.parts
                        .bundles()
                        .obstacle(container.security())
                        .ifPresent(why ->
                                problems.add("container '" + container.name() + "': " + why));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(String.join("; ", problems));
        }
    }

    /// What it costs here to give these users to a pod; empty where it costs nothing, and where it
    /// is paid already.
    static Optional<String> cost(Core core, PodUsers users) {
        if (core.parts.kernel().mapsMounts() || users instanceof PodUsers.Settled) {
            return Optional.empty();
        }
        if (users instanceof PodUsers.Auto) {
            return Optional.of(COPIES + " for each pod, and deleted with it");
        }
        return Files.isDirectory(core.files.shifted())
                ? Optional.empty()
                : Optional.of(COPIES + " once for each set of ids");
    }

    /// What they ask for and run without here, one line each.
    static List<String> unmet(Core core, List<ContainerSpec> containers) {
        if (core.parts.kernel().limits()) {
            return List.of();
        }
        return containers.stream()
                .filter(container -> !container.resources().equals(Resources.UNLIMITED))
                .map(container ->
                        "container '"
                                + container.name()
                                + "': requests and limits have no effect, as this user has no control group"
                                + " (system check says how to get one)")
                .toList();
    }
}

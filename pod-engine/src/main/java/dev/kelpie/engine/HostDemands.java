package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.sandbox.HostPaths;
import dev.kelpie.engine.spec.PodSpec;
import java.util.ArrayList;
import java.util.List;

/// What specs demand of this host and it may lack; looked at before anything is made.
final class HostDemands {

    private HostDemands() {}

    /// Throws with everything that the host does not have.
    static void check(Core core, List<PodSpec> pods) {
        HostPaths.check(pods);
        var problems = new ArrayList<String>();
        for (var pod : pods) {
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
}

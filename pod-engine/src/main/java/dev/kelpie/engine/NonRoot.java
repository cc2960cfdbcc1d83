package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.image.Image;
import dev.kelpie.image.build.ImageUsers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Kubernetes' `runAsNonRoot` against the users that images name, before anything is made. It is
/// held again at each start, by the container's own root filesystem. The words are the kubelet's.
final class NonRoot {

    private NonRoot() {}

    /// Throws with every container that would run as root and must not.
    static void check(List<PodSpec> pods, Map<ImageSource, Image> images) {
        var problems = new ArrayList<String>();
        for (var pod : pods) {
            for (var container : pod.allContainers()) {
                var image = images.get(container.image());
                if (container.security().runAs().nonRoot() && image != null) {
                    fault(container, image)
                            .ifPresent(why ->
                                    problems.add(
                                            why
                                                    + " (pod: \""
                                                    + pod.name()
                                                    + "_"
                                                    + pod.metadata().namespace()
                                                    + "\", container: "
                                                    + container.shortName()
                                                    + ")"));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(String.join("; ", problems));
        }
    }

    private static Optional<String> fault(ContainerSpec container, Image image) {
        var asked = container.process().user();
        var own = image.config().config().user();
        var user = Processes.user(asked, own).replaceFirst(":.*", "");
        var uid = ImageUsers.uid(image, user.isEmpty() ? "0" : user);
        if (uid.isEmpty()) {
            return Optional.of(
                    "container has runAsNonRoot and image has non-numeric user ("
                            + user
                            + "), cannot verify user is non-root");
        }
        if (uid.getAsLong() != 0) {
            return Optional.empty();
        }
        return Optional.of(
                asked.isPresent() && !asked.get().startsWith(":")
                        ? "container's runAsUser breaks non-root policy"
                        : "container has runAsNonRoot and image will run as root");
    }
}

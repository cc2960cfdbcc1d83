package dev.kelpie.engine;

import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.Volume;
import java.util.List;

/// A container to be added to a pod that is there (`run --pod`, `debug`), and the volumes it
/// mounts.
public record NewMember(String pod, ContainerSpec container, List<Volume> volumes) {
    public NewMember {
        volumes = List.copyOf(volumes);
    }

    /// The same in a pod by this id.
    NewMember in(String podId) {
        return new NewMember(podId, container, volumes);
    }

    /// The same, seeing the processes of this container.
    NewMember seeing(String containerId) {
        return new NewMember(
                pod, container.withAnnotation(ContainerSpec.TARGET, containerId), volumes);
    }
}

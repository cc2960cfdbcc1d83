package dev.kelpie.engine;

import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.Volume;
import java.util.List;

/// A container to be added to a pod that is there (`run --pod`), and the volumes it mounts.
public record NewMember(String pod, ContainerSpec container, List<Volume> volumes) {
    public NewMember {
        volumes = List.copyOf(volumes);
    }
}

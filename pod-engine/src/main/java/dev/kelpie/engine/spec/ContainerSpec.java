package dev.kelpie.engine.spec;

import java.util.List;

/// What one container is meant to be. `metadata.name` is its name within the whole engine
/// (`web-nginx`), `shortName` its name within the pod (`nginx`), by which neighbours resolve it.
public record ContainerSpec(
        Metadata metadata,
        String shortName,
        ImageSource image,
        ProcessSpec process,
        List<VolumeMount> mounts,
        Resources resources,
        Security security,
        ContainerPolicy policy) {

    public ContainerSpec {
        mounts = List.copyOf(mounts);
    }

    public String name() {
        return metadata.name();
    }
}

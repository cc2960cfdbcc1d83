package dev.kelpie.engine.spec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    /// Label: the unit of systemd that a container belongs to, as Podman has it.
    public static final String UNIT = "PODMAN_SYSTEMD_UNIT";

    /// Annotation: id of the container whose processes this one sees.
    public static final String TARGET = "kelpie.dev/target-container";

    public ContainerSpec {
        mounts = List.copyOf(mounts);
    }

    /// The same with other names for the volumes it mounts; one that is not in `names` keeps its
    /// own.
    public ContainerSpec withVolumeNames(Map<String, String> names) {
        var renamed =
                mounts.stream()
                        .map(mount -> mount.of(names.getOrDefault(mount.volume(), mount.volume())))
                        .toList();
        return new ContainerSpec(
                metadata, shortName, image, process, renamed, resources, security, policy);
    }

    /// The same with other mounts.
    public ContainerSpec withMounts(List<VolumeMount> others) {
        return new ContainerSpec(
                metadata, shortName, image, process, others, resources, security, policy);
    }

    /// The same with these mounts too, where it has none of its own.
    public ContainerSpec withInherited(List<VolumeMount> others) {
        var all = new java.util.ArrayList<>(mounts);
        others.stream()
                .filter(other -> other.standsForAll() || mounts.stream().noneMatch(other::covers))
                .forEach(all::add);
        return new ContainerSpec(
                metadata, shortName, image, process, all, resources, security, policy);
    }

    /// The same with one more label.
    public ContainerSpec withLabel(String key, String value) {
        var labels = new java.util.HashMap<>(metadata.labels());
        labels.put(key, value);
        var labelled =
                new Metadata(metadata.namespace(), metadata.name(), labels, metadata.annotations());
        return new ContainerSpec(
                labelled, shortName, image, process, mounts, resources, security, policy);
    }

    /// The same under other names.
    public ContainerSpec called(Metadata other, String otherShortName) {
        return new ContainerSpec(
                other, otherShortName, image, process, mounts, resources, security, policy);
    }

    /// The same with another policy.
    public ContainerSpec withPolicy(ContainerPolicy other) {
        return new ContainerSpec(
                metadata, shortName, image, process, mounts, resources, security, other);
    }

    /// The same of another image.
    public ContainerSpec withImage(ImageSource other) {
        return new ContainerSpec(
                metadata, shortName, other, process, mounts, resources, security, policy);
    }

    /// The same with other requests and limits.
    public ContainerSpec withResources(Resources others) {
        return new ContainerSpec(
                metadata, shortName, image, process, mounts, others, security, policy);
    }

    /// The same, trusted otherwise.
    public ContainerSpec withSecurity(Security other) {
        return new ContainerSpec(
                metadata, shortName, image, process, mounts, resources, other, policy);
    }

    /// The same with one more annotation.
    public ContainerSpec withAnnotation(String key, String value) {
        var all = new HashMap<>(metadata.annotations());
        all.put(key, value);
        return withMetadata(
                new Metadata(metadata.namespace(), metadata.name(), metadata.labels(), all));
    }

    /// The same, called and tagged otherwise.
    public ContainerSpec withMetadata(Metadata other) {
        return new ContainerSpec(
                other, shortName, image, process, mounts, resources, security, policy);
    }

    public String name() {
        return metadata.name();
    }
}

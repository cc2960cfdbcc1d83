package dev.kelpie.engine.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// What a pod is meant to be: containers over one set of namespaces, volumes and addresses.
///
/// A container outside any pod (a plain `run`) is a pod of one container without an infra
/// container, see [PodSharing#SOLO]; it is listed among containers, never among pods.
public record PodSpec(
        Metadata metadata,
        List<ContainerSpec> initContainers,
        List<ContainerSpec> containers,
        List<Volume> volumes,
        PodNetwork network,
        PodSharing sharing,
        PodPolicy policy,
        PodSecurity security) {

    public PodSpec {
        initContainers = List.copyOf(initContainers);
        containers = List.copyOf(containers);
        volumes = List.copyOf(volumes);
        // rows that an earlier version wrote have none
        security = Objects.requireNonNullElse(security, PodSecurity.DEFAULT);
        requireDistinctNames(initContainers, containers);
    }

    /// The same with other volumes.
    public PodSpec withVolumes(List<Volume> others) {
        return new PodSpec(
                metadata, initContainers, containers, others, network, sharing, policy, security);
    }

    /// The same under another name.
    public PodSpec named(String name) {
        return withMetadata(metadata.named(name));
    }

    /// The same with one more label.
    public PodSpec withLabel(String key, String value) {
        var labels = new HashMap<>(metadata.labels());
        labels.put(key, value);
        return withMetadata(
                new Metadata(
                        metadata.namespace(), metadata.name(), labels, metadata.annotations()));
    }

    /// The same with the labels and annotations of another, also on its containers.
    public PodSpec taggedAs(PodSpec other) {
        var tags = new HashMap<String, Metadata>();
        other.allContainers().forEach(each -> tags.put(each.name(), each.metadata()));
        return withMetadata(
                        new Metadata(
                                metadata.namespace(),
                                metadata.name(),
                                other.metadata().labels(),
                                other.metadata().annotations()))
                .withContainers(
                        each -> each.withMetadata(tags.getOrDefault(each.name(), each.metadata())));
    }

    private PodSpec withMetadata(Metadata other) {
        return new PodSpec(
                other, initContainers, containers, volumes, network, sharing, policy, security);
    }

    /// The same with each container changed.
    public PodSpec withContainers(UnaryOperator<ContainerSpec> change) {
        return new PodSpec(
                metadata,
                initContainers.stream().map(change).toList(),
                containers.stream().map(change).toList(),
                volumes,
                network,
                sharing,
                policy,
                security);
    }

    /// The same with another policy.
    public PodSpec withPolicy(PodPolicy other) {
        return new PodSpec(
                metadata, initContainers, containers, volumes, network, sharing, other, security);
    }

    /// The same, connected otherwise.
    public PodSpec withNetwork(PodNetwork other) {
        return new PodSpec(
                metadata, initContainers, containers, volumes, other, sharing, policy, security);
    }

    /// The same with other namespaces.
    public PodSpec withSharing(PodSharing other) {
        return new PodSpec(
                metadata, initContainers, containers, volumes, network, other, policy, security);
    }

    /// The same with other containers.
    public PodSpec withOtherContainers(List<ContainerSpec> others) {
        return new PodSpec(
                metadata, initContainers, others, volumes, network, sharing, policy, security);
    }

    public String name() {
        return metadata.name();
    }

    /// Init containers first, in the order in which they run, then the others.
    public List<ContainerSpec> allContainers() {
        var all = new ArrayList<ContainerSpec>(initContainers);
        all.addAll(containers);
        return List.copyOf(all);
    }

    private static void requireDistinctNames(
            List<ContainerSpec> first, List<ContainerSpec> second) {
        var seen = new HashSet<String>();
        for (var group : List.of(first, second)) {
            for (var container : group) {
                if (!seen.add(container.name())) {
                    throw new IllegalArgumentException(
                            "duplicate container name '" + container.name() + "'");
                }
            }
        }
    }
}

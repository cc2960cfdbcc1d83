package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PortMapping;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.spec.VolumeMount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Gives a pod, its containers and volumes names that Kubernetes takes.
final class Fitting {
    private final PodSpec pod;
    private final String name;
    private final KubeNames containers;
    private final KubeNames volumes;
    private final Losses losses;

    private Fitting(PodSpec pod, String name, Losses losses) {
        this.pod = pod;
        this.name = name;
        this.losses = losses;
        this.containers =
                KubeNames.labels()
                        .reserve(
                                pod.allContainers().stream()
                                        .map(ContainerSpec::shortName)
                                        .toList());
        this.volumes =
                KubeNames.labels().reserve(pod.volumes().stream().map(Volume::name).toList());
    }

    /// @param names of the pods of one text
    static Outline fit(Outline outline, KubeNames names, Losses losses) {
        var pod = outline.pod();
        var fitting = new Fitting(pod, names.fit(pod.name()), losses);
        var fitted = fitting.pod();
        var ports = new HashMap<String, List<PortMapping>>();
        outline.ports()
                .forEach((own, mappings) -> ports.put(fitting.containers.fit(own), mappings));
        return new Outline(fitted, Map.copyOf(ports));
    }

    private PodSpec pod() {
        if (!name.equals(pod.name())) {
            losses.note("pod '" + pod.name() + "'", "is called '" + name + "'");
        }
        var old = pod.metadata();
        return new PodSpec(
                new Metadata(old.namespace(), name, old.labels(), old.annotations()),
                pod.initContainers().stream().map(this::container).toList(),
                pod.containers().stream().map(this::container).toList(),
                pod.volumes().stream()
                        .map(volume -> new Volume(volumes.fit(volume.name()), volume.source()))
                        .toList(),
                pod.network(),
                pod.sharing(),
                pod.policy(),
                pod.security());
    }

    private ContainerSpec container(ContainerSpec spec) {
        var owner = "container '" + spec.name() + "'";
        var shortName = containers.fit(spec.shortName());
        if (!shortName.equals(spec.shortName())) {
            losses.note(owner, "is called '" + shortName + "'");
        }
        return new ContainerSpec(
                spec.metadata(),
                shortName,
                spec.image(),
                spec.process(),
                spec.mounts().stream()
                        .filter(mount -> isPossible(mount, owner))
                        .map(this::mount)
                        .toList(),
                spec.resources(),
                spec.security(),
                spec.policy());
    }

    private boolean isPossible(VolumeMount mount, String owner) {
        if (mount.mountPath().indexOf(':') < 0) {
            return true;
        }
        losses.note(owner, "mount at '" + mount.mountPath() + "': no ':' may be in a path");
        return false;
    }

    private VolumeMount mount(VolumeMount mount) {
        return mount.of(volumes.fit(mount.volume()));
    }
}

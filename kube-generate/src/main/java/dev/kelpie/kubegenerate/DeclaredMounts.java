package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.VolumeMount;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Mounts that stand for whatever volumes an image declares: Kubernetes has no words for them, an
/// annotation of Podman's says them.
final class DeclaredMounts {
    private static final String OF_PODMAN = "io.podman.annotations.";
    private static final Set<String> SAYING = Set.of("kube.image.volumes.mount/", "volumes-from/");

    private DeclaredMounts() {}

    /// The pod without them and their volumes.
    ///
    /// @param written annotations of the pod as they are generated: what these say is not lost
    static PodSpec left(PodSpec pod, Map<String, String> written, Losses losses) {
        var volumes = names(pod, VolumeMount::standsForAll);
        if (volumes.isEmpty()) {
            return pod;
        }
        for (var container : pod.allContainers()) {
            if (container.mounts().stream().anyMatch(VolumeMount::standsForAll)
                    && SAYING.stream().noneMatch(key -> says(written, key, container))) {
                losses.note(
                        "container '" + container.name() + "'",
                        "the volumes that other images declare");
            }
        }
        volumes.removeAll(names(pod, mount -> !mount.standsForAll()));
        return pod.withVolumes(
                        pod.volumes().stream()
                                .filter(volume -> !volumes.contains(volume.name()))
                                .toList())
                .withContainers(container ->
                        container.withMounts(
                                container.mounts().stream()
                                        .filter(mount -> !mount.standsForAll())
                                        .toList()));
    }

    private static boolean says(Map<String, String> written, String key, ContainerSpec container) {
        return written.containsKey(OF_PODMAN + key + container.shortName());
    }

    private static Set<String> names(PodSpec pod, Predicate<VolumeMount> which) {
        return pod.allContainers().stream()
                .flatMap(container -> container.mounts().stream())
                .filter(which)
                .map(VolumeMount::volume)
                .collect(Collectors.toCollection(HashSet::new));
    }
}

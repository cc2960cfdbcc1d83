package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.PullPolicy;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.spec.VolumeMount;
import dev.kelpie.kubeplay.rules.PodmanKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Podman's annotation for images whose declared volumes a container sees at their paths, without
/// naming them: local ones, read-only.
final class AutoMounts {

    private final Map<String, String> annotations;
    private final Set<String> taken;
    private final List<Volume> volumes = new ArrayList<>();

    /// @param others volumes of the pod, whose names are taken
    AutoMounts(Map<String, String> annotations, List<Volume> others) {
        this.annotations = annotations;
        this.taken =
                others.stream().map(Volume::name).collect(Collectors.toCollection(HashSet::new));
    }

    /// The volumes of a pod with those of the images that its containers asked for.
    List<Volume> and(List<Volume> others) {
        return Stream.concat(others.stream(), volumes.stream()).toList();
    }

    /// The container with what it sees of images; of two the later goes first.
    ContainerSpec of(ContainerSpec container) {
        var images = annotations.getOrDefault(key(container), "");
        var mounts = new ArrayList<VolumeMount>();
        for (var image : images.split(";", -1)) {
            if (!image.isBlank()) {
                var name = free("automount-" + container.shortName() + "-" + mounts.size());
                var source = new ImageSource(image.strip(), PullPolicy.NEVER);
                volumes.add(new Volume(name, new Volume.Image(source)));
                mounts.addFirst(VolumeMount.declared(name));
            }
        }
        return container.withInherited(mounts);
    }

    private String free(String wanted) {
        var name = wanted;
        while (!taken.add(name)) {
            name += "x";
        }
        return name;
    }

    private static String key(ContainerSpec container) {
        return PodmanKeys.IMAGE_VOLUMES + container.shortName();
    }
}

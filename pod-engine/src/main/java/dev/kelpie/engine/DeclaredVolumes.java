package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.spec.VolumeMount;
import dev.kelpie.image.Image;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Mounts that stand for all volumes which an image declares, once it is known what those are.
final class DeclaredVolumes {

    private DeclaredVolumes() {}

    /// The container with a mount of each path in their place; what it mounts there itself stays.
    static ContainerSpec of(PodSpec pod, ContainerSpec container, Map<ImageSource, Image> images) {
        if (container.mounts().stream().noneMatch(VolumeMount::standsForAll)) {
            return container;
        }
        var mounts = new LinkedHashMap<String, VolumeMount>();
        container.mounts().stream()
                .filter(mount -> !mount.standsForAll())
                .forEach(mount -> mounts.put(mount.mountPath(), mount));
        for (var mount : container.mounts()) {
            if (mount.standsForAll()) {
                for (var path : image(pod, mount, images).config().config().volumes()) {
                    mounts.putIfAbsent(path, mount.at(path));
                }
            }
        }
        return container.withMounts(mounts.values().stream().toList());
    }

    /// The images that containers of a pod see the declared volumes of.
    static Set<ImageSource> sources(PodSpec pod) {
        var names =
                pod.allContainers().stream()
                        .flatMap(container -> container.mounts().stream())
                        .filter(VolumeMount::standsForAll)
                        .map(VolumeMount::volume)
                        .collect(Collectors.toSet());
        return pod.volumes().stream()
                .filter(volume -> names.contains(volume.name()))
                .map(Volume::source)
                .filter(Volume.Image.class::isInstance)
                .map(source -> ((Volume.Image) source).image())
                .collect(Collectors.toSet());
    }

    private static Image image(PodSpec pod, VolumeMount mount, Map<ImageSource, Image> images) {
        return pod.volumes().stream()
                .filter(volume -> volume.name().equals(mount.volume()))
                .map(Volume::source)
                .filter(Volume.Image.class::isInstance)
                .map(source -> image(((Volume.Image) source).image(), images))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidRequestException(
                                "volume '" + mount.volume() + "' is not of an image"));
    }

    private static Image image(ImageSource source, Map<ImageSource, Image> images) {
        return Optional.ofNullable(images.get(source))
                .orElseThrow(() ->
                        new InvalidRequestException(source.reference() + ": image not known"));
    }
}

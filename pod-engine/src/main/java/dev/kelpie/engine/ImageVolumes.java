package dev.kelpie.engine;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.image.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Volumes that are the files of an image: mounted once for the pod, for all its containers.
final class ImageVolumes {

    private final Core core;

    ImageVolumes(Core core) {
        this.core = core;
    }

    /// The images that the volumes of a pod are of.
    static List<ImageSource> sources(PodSpec pod) {
        return pod.volumes().stream()
                .map(Volume::source)
                .filter(Volume.Image.class::isInstance)
                .map(source -> ((Volume.Image) source).image())
                .toList();
    }

    /// Mounts those of a pod whose sandbox was just made.
    void mount(PodRow pod) {
        for (var volume : pod.spec().volumes()) {
            if (volume.source() instanceof Volume.Image(var source)) {
                mount(image(source), core.files.imageVolume(pod.id(), volume.name()));
            }
        }
    }

    private Image image(ImageSource source) {
        return core.parts
                .images()
                .find(source.reference())
                .orElseThrow(() ->
                        new InvalidRequestException(source.reference() + ": image not known"));
    }

    /// What is mounted is writable only for who could write the host's files anyway.
    private void mount(Image image, Path target) {
        var beside = target.resolveSibling("." + target.getFileName());
        try {
            Files.createDirectories(target);
            Files.createDirectories(beside.resolve("upper"));
            Files.createDirectories(beside.resolve("work"));
        } catch (IOException e) {
            throw new EngineIoException("cannot make a place for image '" + image.id() + "'", e);
        }
        core.parts
                .kernel()
                .overlay(
                        image.lowerDirectories(),
                        beside.resolve("upper"),
                        beside.resolve("work"),
                        target);
    }
}

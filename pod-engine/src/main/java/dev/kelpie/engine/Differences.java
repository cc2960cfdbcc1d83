package dev.kelpie.engine;

import dev.kelpie.engine.copy.ContainerTree;
import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.image.Image;
import dev.kelpie.image.Images;
import dev.kelpie.runtime.kernel.RootedDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// What changed from one image to another, or from a container's image to the container. Both are
/// mounted meanwhile, where only root looks.
public final class Differences {

    /// What the engine mounts in every container, so that its mount points are no change.
    private static final Set<String> ENGINES =
            Set.of(
                    "/dev",
                    "/etc/hostname",
                    "/etc/hosts",
                    "/etc/mtab",
                    "/etc/resolv.conf",
                    "/proc",
                    "/run/.containerenv",
                    "/run/secrets",
                    "/sys");

    private final Core core;
    private final Containers containers;
    private final Images images;

    Differences(Core core, Containers containers, Images images) {
        this.core = core;
        this.containers = containers;
        this.images = images;
    }

    /// What the last layer of an image changed.
    public List<Change> ofImage(String nameOrId) throws InterruptedException {
        var layers = images.get(nameOrId).lowerDirectories();
        return between(layers.isEmpty() ? layers : layers.subList(1, layers.size()), layers);
    }

    /// What is other in the first image than in the second.
    public List<Change> ofImages(String nameOrId, String base) throws InterruptedException {
        Image image = images.get(nameOrId);
        return between(images.get(base).lowerDirectories(), image.lowerDirectories());
    }

    /// What a container changed in the files of its image.
    public List<Change> ofContainer(String nameOrId) throws InterruptedException {
        var found = containers.find(nameOrId);
        var trees = containers.trees(List.of(found.id()));
        try {
            return mounted(
                    images.get(found.image().id()).lowerDirectories(),
                    base -> compared(base, core.files.rootfs(found.id()), ENGINES));
        } finally {
            trees.forEach(ContainerTree::close);
        }
    }

    private List<Change> between(List<Path> before, List<Path> after) throws InterruptedException {
        return mounted(before, base -> mounted(after, whole -> compared(base, whole, Set.of())));
    }

    private interface Comparison {
        List<Change> of(Path tree) throws IOException, InterruptedException;
    }

    private List<Change> mounted(List<Path> layers, Comparison comparison)
            throws InterruptedException {
        try (var shown = MergedLayers.show(core, layers)) {
            return comparison.of(shown.place());
        } catch (IOException e) {
            throw new EngineIoException("cannot compare two trees of files", e);
        }
    }

    private static List<Change> compared(Path before, Path after, Set<String> ignored)
            throws IOException, InterruptedException {
        try (var old = RootedDirectory.open(before);
                var now = RootedDirectory.open(after)) {
            return new TreeDiff(old, now, ignored).changes();
        }
    }
}

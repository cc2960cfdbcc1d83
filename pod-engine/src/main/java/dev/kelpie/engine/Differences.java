package dev.kelpie.engine;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.report.FileChange;
import dev.kelpie.image.Images;
import dev.kelpie.runtime.kernel.RootedDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// What changed from one image to another. Both are mounted meanwhile, where only the engine looks.
public final class Differences {

    private final Core core;
    private final Images images;

    Differences(Core core, Images images) {
        this.core = core;
        this.images = images;
    }

    /// What the last layer of an image changed.
    public List<FileChange> ofImage(String nameOrId) throws InterruptedException {
        var layers = images.get(nameOrId).lowerDirectories();
        return between(layers.isEmpty() ? layers : layers.subList(1, layers.size()), layers);
    }

    /// What is other in the first image than in the second.
    public List<FileChange> ofImages(String nameOrId, String base) throws InterruptedException {
        return between(
                images.get(base).lowerDirectories(), images.get(nameOrId).lowerDirectories());
    }

    private List<FileChange> between(List<Path> before, List<Path> after)
            throws InterruptedException {
        try (var old = MergedLayers.show(core, before);
                var now = MergedLayers.show(core, after);
                var oldRoot = RootedDirectory.open(old.place());
                var nowRoot = RootedDirectory.open(now.place())) {
            return new TreeDiff(oldRoot, nowRoot).changes();
        } catch (IOException e) {
            throw new EngineIoException("cannot compare the files of two images", e);
        }
    }
}

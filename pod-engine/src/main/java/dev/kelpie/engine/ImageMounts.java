package dev.kelpie.engine;

import dev.kelpie.engine.copy.ContainerTree;
import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.image.Image;
import dev.kelpie.image.Images;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.runtime.kernel.Mounts;
import dev.kelpie.runtime.kernel.RootedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Images shown on the host, for nobody to write to, until they were unmounted as often as mounted:
/// `RUNROOT/images/ID/{merged,count}`. A killed service leaves them as they are.
public final class ImageMounts {

    /// An image and where it is to be seen.
    public record Mounted(Image image, Path place) {}

    private final Core core;
    private final Path directory;
    private final Images images;
    private final ReentrantLock lock = new ReentrantLock();

    ImageMounts(Core core, Images images) {
        this.core = core;
        this.directory = core.files.imageMounts();
        this.images = images;
    }

    /// Those that are mounted, in the order of [Images#all].
    public List<Mounted> list() {
        return images.all().stream()
                .map(image -> new Mounted(image, place(image.id())))
                .filter(mounted -> Mounts.isMounted(mounted.place()))
                .toList();
    }

    /// Shows an image, or counts once more that somebody wants it shown.
    public Mounted mount(String nameOrId) {
        var image = images.get(nameOrId);
        lock.lock();
        try {
            var place = place(image.id());
            var before = count(image.id());
            if (before == 0) {
                MergedLayers.merge(core.parts.kernel(), image.lowerDirectories(), place);
            }
            Files.writeString(counter(image.id()), Integer.toString(before + 1));
            return new Mounted(image, place);
        } catch (IOException e) {
            throw new EngineIoException("cannot mount image '" + nameOrId + "'", e);
        } finally {
            lock.unlock();
        }
    }

    /// Takes back one [#mount], or with `force` all; empty when the image is not mounted.
    public Optional<Image> unmount(String nameOrId, boolean force) {
        var image = images.get(nameOrId);
        lock.lock();
        try {
            var count = count(image.id());
            if (count == 0) {
                return Optional.empty();
            }
            if (force || count == 1) {
                hide(image.id());
            } else {
                Files.writeString(counter(image.id()), Integer.toString(count - 1));
            }
            return Optional.of(image);
        } catch (IOException e) {
            throw new EngineIoException("cannot unmount image '" + nameOrId + "'", e);
        } finally {
            lock.unlock();
        }
    }

    /// Hides images that were removed.
    void removed(List<Digest> ids) {
        lock.lock();
        try {
            for (var id : ids) {
                if (count(id) > 0) {
                    hide(id);
                }
            }
        } catch (IOException e) {
            throw new EngineIoException("cannot unmount a removed image", e);
        } finally {
            lock.unlock();
        }
    }

    /// An image's files to copy from.
    public ContainerTree tree(String nameOrId) {
        var layers = MergedLayers.show(core, images.get(nameOrId).lowerDirectories());
        return new ContainerTree(
                RootedDirectory.open(layers.place()),
                new ContainerTree.Shape(List.of(), "/", 0, 0, ContainerTree.Owners.SAME),
                layers::close);
    }

    private void hide(Digest id) throws IOException {
        core.parts.kernel().unmount(place(id));
        core.parts.kernel().removeTree(directory.resolve(id.hex()));
    }

    /// A mount whose count a crash kept from being written counts once.
    private int count(Digest id) throws IOException {
        if (!Mounts.isMounted(place(id))) {
            return 0;
        }
        var counter = counter(id);
        var text = Files.exists(counter) ? Files.readString(counter) : "";
        return text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : 1;
    }

    private Path counter(Digest id) {
        return directory.resolve(id.hex()).resolve("count");
    }

    private Path place(Digest id) {
        return directory.resolve(id.hex()).resolve("merged");
    }
}

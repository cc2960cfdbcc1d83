package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.image.Image;
import dev.kelpie.image.Images;
import dev.kelpie.image.build.Assembly;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// What a container's root file system is at this moment, as an image or an archive. What is
/// mounted in it, volumes too, is no part of it. The container goes on meanwhile, unless it is to
/// be paused.
public final class Snapshots {

    private final Core core;
    private final Containers containers;
    private final Images images;
    private final CommitPauses pauses;

    Snapshots(Core core, Containers containers, Images images, CommitPauses pauses) {
        this.pauses = pauses;
        this.core = core;
        this.containers = containers;
        this.images = images;
    }

    /// The same while nothing in the container runs, so that what belongs together is seen
    /// together.
    public Image commitPaused(String container, Assembly.Words words, List<String> names)
            throws InterruptedException {
        var id = containers.find(container).id();
        var row = core.store.now().containers().get(id);
        var paused = pauses.begin(id);
        try {
            core.steps.at("commit.paused");
            return commit(id, words, names);
        } finally {
            if (paused && row != null) {
                Undisturbed.run(() -> pauses.end(row));
            }
        }
    }

    /// An image of what the container has written, on top of its own.
    public Image commit(String container, Assembly.Words words, List<String> names)
            throws InterruptedException {
        var found = containers.find(container);
        if (!found.spec().image().fromImage()) {
            throw new InvalidRequestException(
                    "container "
                            + found.name()
                            + " has no image to commit onto: its root is the folder '"
                            + found.spec().image().reference()
                            + "'");
        }
        return images.commit(found.image().id(), core.files.upper(found.id()), words, names);
    }

    /// Its files as a tar; one that does not run cannot be started meanwhile.
    public void export(String container, OutputStream out)
            throws IOException, InterruptedException {
        var found = containers.find(container);
        var trees = containers.trees(List.of(found.id()));
        try {
            images.pack(core.files.rootfs(found.id()), out);
        } finally {
            trees.forEach(tree -> tree.close());
        }
    }
}

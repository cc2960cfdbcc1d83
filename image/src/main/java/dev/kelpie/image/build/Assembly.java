package dev.kelpie.image.build;

import dev.kelpie.image.BadArchiveException;
import dev.kelpie.image.BadImageException;
import dev.kelpie.image.Image;
import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.History;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.spec.Manifest;
import dev.kelpie.image.spec.MediaType;
import dev.kelpie.image.spec.Platform;
import dev.kelpie.image.store.ConfigJson;
import dev.kelpie.image.store.ImageJson;
import dev.kelpie.image.store.ImageStore;
import dev.kelpie.image.store.Lease;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes an image of one more layer without a Containerfile: on nothing (`import`), or on another
/// image (`commit`).
public final class Assembly {

    /// What is said of the image.
    ///
    /// @param changes instructions for its configuration, as a Containerfile has them
    /// @param author empty leaves the base's
    /// @param message for the history
    /// @param createdBy for the history
    public record Words(
            List<String> changes,
            String author,
            String message,
            String createdBy,
            Instant created,
            List<ImageReference> names) {
        public Words {
            changes = List.copyOf(changes);
            names = List.copyOf(names);
        }

        public Words withNames(List<ImageReference> given) {
            return new Words(changes, author, message, createdBy, created, given);
        }
    }

    /// Writes the layer's tar.
    public interface Content {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    private final ImageStore store;

    public Assembly(ImageStore store) {
        this.store = store;
    }

    /// On nothing.
    public Image onNothing(Platform platform, Content tar, Words words)
            throws InterruptedException {
        try (var lease = store.lease()) {
            return made(Stage.empty(platform), tar, words, lease);
        }
    }

    /// On another image.
    public Image on(Image base, Content tar, Words words) throws InterruptedException {
        try (var lease = store.lease()) {
            for (var chainId : base.config().chainIds()) {
                if (!store.hasLayer(chainId, lease)) {
                    throw new BadImageException(
                            "image '" + base.displayName() + "' was removed meanwhile");
                }
            }
            base.manifest().layers().forEach(layer -> store.hasBlob(layer.digest(), lease));
            var what = "image '" + base.displayName() + "'";
            var json =
                    ImageJson.object(
                            store.readBlob(base.id(), ImageJson.LARGEST_CONFIG, what), what);
            var stage = Stage.on(base, json);
            stage.onBuild.addAll(base.config().onBuild());
            return made(stage, tar, words, lease);
        }
    }

    private Image made(Stage stage, Content tar, Words words, Lease lease)
            throws InterruptedException {
        var complete = false;
        try {
            change(stage, words.changes());
            new LayerMaker(store, lease, false).write(stage, tar::to, "layer");
            if (!words.author().isEmpty()) {
                stage.author = Optional.of(words.author());
            }
            var created = Optional.of(words.created());
            stage.history.add(new History(created, words.createdBy(), words.message(), false));
            var json = ConfigJson.toBytes(stage.finished(created), stage.json.deepCopy());
            var config =
                    Descriptor.of(MediaType.OCI_CONFIG, store.putBlob(json, lease), json.length);
            var bytes =
                    ImageJson.toBytes(
                            new Manifest(MediaType.OCI_MANIFEST, config, stage.layers, Map.of()));
            var digest = store.putBlob(bytes, lease);
            var image =
                    store.add(
                            Descriptor.of(MediaType.OCI_MANIFEST, digest, bytes.length),
                            words.names());
            complete = true;
            return image;
        } catch (IOException e) {
            throw new BadArchiveException("cannot make the layer: " + e.getMessage(), e);
        } finally {
            if (!complete) {
                store.collectGarbage();
            }
        }
    }

    private static void change(Stage stage, List<String> changes) {
        var steps = new ConfigSteps(stage, new BuildArguments(Map.of(), stage.platform));
        for (var change : changes) {
            for (var instruction : Containerfile.parse(change, "--change")) {
                steps.apply(instruction);
            }
        }
    }
}

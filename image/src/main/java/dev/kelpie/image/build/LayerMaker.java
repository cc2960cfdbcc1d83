package dev.kelpie.image.build;

import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageConfig;
import dev.kelpie.image.spec.Manifest;
import dev.kelpie.image.spec.MediaType;
import dev.kelpie.image.store.BuildCache;
import dev.kelpie.image.store.ImageStore;
import dev.kelpie.image.store.LayerTrees.PackRules;
import dev.kelpie.image.store.Lease;
import dev.kelpie.image.tar.TarWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts layers on stages: new ones from a tar or from an overlay's upper directory, or those that
/// the cache has.
final class LayerMaker {

    /// Writes a layer's tar.
    interface Writing {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    private final ImageStore store;
    private final Lease lease;
    private final boolean useCache;

    LayerMaker(ImageStore store, Lease lease, boolean useCache) {
        this.store = store;
        this.lease = lease;
        this.useCache = useCache;
    }

    /// Takes what the cache has for a step; empty when that has to be done, else whether a layer
    /// came of it.
    Optional<Boolean> cached(Stage stage, Digest key) {
        if (!useCache) {
            return Optional.empty();
        }
        var made = store.cache().find(key, lease);
        made.flatMap(BuildCache.Made::layer)
                .ifPresent(layer -> stage.add(layer.blob(), layer.diffId()));
        return made.map(step -> step.layer().isPresent());
    }

    /// Adds a layer of which only the tar is known.
    void write(Stage stage, Digest key, Writing tar, String what)
            throws IOException, InterruptedException {
        write(stage, tar, what);
        remember(stage, key);
    }

    /// The same, for nothing that the cache will be asked for.
    void write(Stage stage, Writing tar, String what) throws IOException, InterruptedException {
        add(stage, tar);
        unpackTop(stage, what);
    }

    private long add(Stage stage, Writing tar) throws IOException, InterruptedException {
        try (var blob = store.writeBlob()) {
            tar.to(blob);
            var digest = blob.commit(lease);
            // not compressed, so the blob's digest is the diffID too
            stage.add(Descriptor.of(MediaType.OCI_LAYER, digest, blob.size()), digest);
            return blob.size();
        }
    }

    private void unpackTop(Stage stage, String what) throws InterruptedException {
        var top = stage.layers.size() - 1;
        var config = Descriptor.of(MediaType.OCI_CONFIG, stage.diffIds.getLast(), 0);
        var manifest = new Manifest(MediaType.OCI_MANIFEST, config, stage.layers, Map.of());
        var unpacking = store.unpacking(manifest, stage.finished(Optional.empty()), what, lease);
        for (var i = 0; i < top; i++) {
            unpacking.present(i);
        }
        unpacking.layer(top);
    }

    /// Adds what a step left in its overlay's upper directory, and takes that over; whether there
    /// was anything.
    boolean take(Stage stage, Digest key, Path upper, Optional<Instant> newest, String what)
            throws IOException, InterruptedException {
        if (isEmpty(upper)) {
            store.cache().put(key, new BuildCache.Made(Optional.empty()));
            return false;
        }
        var rules = new PackRules(newest, false);
        var size =
                add(
                        stage,
                        out -> {
                            try (var tar = new TarWriter(out)) {
                                store.trees().pack(upper, tar, rules);
                            }
                        });
        if (newest.isPresent()) {
            // the files' times in the archive may be others than those on the disk
            unpackTop(stage, what);
        } else {
            store.adopt(stage.diffIds, upper, size, lease);
        }
        remember(stage, key);
        return true;
    }

    private void remember(Stage stage, Digest key) {
        var chain = ImageConfig.chainIds(stage.diffIds).getLast();
        store.cache()
                .put(
                        key,
                        new BuildCache.Made(
                                Optional.of(
                                        new BuildCache.Layer(
                                                stage.layers.getLast(),
                                                stage.diffIds.getLast(),
                                                chain))));
    }

    /// Makes one layer of the stage's layers from number `first` on.
    void squash(Stage stage, int first, StepRunner.Session session, String what)
            throws IOException, InterruptedException {
        if (stage.layers.size() - first < 2) {
            return;
        }
        var all = store.layerDirectories(stage.diffIds);
        var merged = new ArrayList<>(all.subList(0, stage.layers.size() - first));
        var tree = session.merged(merged);
        var layers = List.copyOf(merged);
        while (stage.layers.size() > first) {
            stage.layers.removeLast();
            stage.diffIds.removeLast();
        }
        add(
                stage,
                out -> {
                    try (var tar = new TarWriter(out)) {
                        store.trees().pack(tree, tar, new PackRules(Optional.empty(), false));
                        if (first > 0) {
                            new SquashedMarks(store.trees(), layers, tree).writeTo(tar);
                        }
                    }
                });
        unpackTop(stage, what);
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (var entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        }
    }
}

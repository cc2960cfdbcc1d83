package dev.kelpie.image.store;

import dev.kelpie.image.ImageException;
import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageConfig;
import dev.kelpie.image.spec.Manifest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Reads what each image stands on: manifest, configuration, blobs, unpacked layers.
final class StoreCheck {

    private final ImageStore store;
    private final BlobStore blobs;
    private final LayerStore layers;
    private final Lease lease;
    private final List<Damage> found = new ArrayList<>();

    /// Why a blob is bad, by its digest; nothing for a good one.
    private final Map<Digest, Optional<String>> judged = new HashMap<>();

    StoreCheck(ImageStore store, BlobStore blobs, LayerStore layers, Lease lease) {
        this.store = store;
        this.blobs = blobs;
        this.layers = layers;
        this.lease = lease;
    }

    List<Damage> run(
            List<NameIndex.Entry> entries, boolean deep, boolean repair, Predicate<Digest> doomed)
            throws InterruptedException {
        for (var entry : entries) {
            if (entry.isList()) {
                continue;
            }
            var what =
                    entry.name().map(Object::toString).orElse(entry.manifest().digest().toString());
            image(entry.manifest(), what, deep, repair, doomed);
        }
        return List.copyOf(found);
    }

    private void image(
            Descriptor descriptor,
            String what,
            boolean deep,
            boolean repair,
            Predicate<Digest> doomed)
            throws InterruptedException {
        Manifest manifest;
        ImageConfig config;
        try {
            manifest = manifest(descriptor);
            config = config(manifest);
        } catch (ImageException e) {
            found.add(new Damage(what, String.valueOf(e.getMessage()), repair));
            forget(descriptor, repair);
            return;
        }
        var reasons = new ArrayList<String>();
        for (var layer : manifest.layers()) {
            judged(layer, deep)
                    .ifPresent(reason -> {
                        reasons.add(reason);
                        discard(layer, repair);
                    });
        }
        var blobsAreFine = reasons.isEmpty();
        for (var chainId : config.chainIds()) {
            if (!layers.has(chainId, lease)) {
                reasons.add("layer " + chainId + " is not unpacked");
            }
        }
        if (reasons.isEmpty()) {
            return;
        }
        var mended =
                repair
                        && (blobsAreFine
                                ? isUnpacked(manifest, config, what)
                                : isForgotten(descriptor, manifest, doomed));
        reasons.forEach(reason -> found.add(new Damage(what, reason, mended)));
    }

    private Manifest manifest(Descriptor descriptor) {
        var what = "manifest " + descriptor.digest();
        return ImageJson.manifest(
                store.readBlob(descriptor.digest(), ImageJson.LARGEST_MANIFEST, what), what);
    }

    private ImageConfig config(Manifest manifest) {
        var digest = manifest.config().digest();
        var what = "configuration " + digest;
        return ConfigJson.parse(store.readBlob(digest, ImageJson.LARGEST_CONFIG, what), what);
    }

    private boolean isUnpacked(Manifest manifest, ImageConfig config, String what)
            throws InterruptedException {
        try {
            store.unpackAll(manifest, config, "image '" + what + "'", lease);
            return true;
        } catch (ImageException e) {
            found.add(new Damage(what, String.valueOf(e.getMessage()), false));
            return false;
        }
    }

    private boolean isForgotten(
            Descriptor descriptor, Manifest manifest, Predicate<Digest> doomed) {
        if (!doomed.test(manifest.config().digest())) {
            // a container runs on its layers; a pull brings the blob anew
            return false;
        }
        forget(descriptor, true);
        return true;
    }

    private void forget(Descriptor descriptor, boolean repair) {
        if (repair) {
            store.forget(descriptor.digest());
        }
    }

    private void discard(Descriptor blob, boolean repair) {
        if (repair) {
            try {
                blobs.delete(blob.digest());
            } catch (IOException e) {
                found.add(
                        new Damage("blob " + blob.digest(), String.valueOf(e.getMessage()), false));
            }
        }
    }

    private Optional<String> judged(Descriptor blob, boolean deep) {
        var known = judged.get(blob.digest());
        if (known != null) {
            return known;
        }
        var verdict = judge(blob, deep);
        judged.put(blob.digest(), verdict);
        return verdict;
    }

    private Optional<String> judge(Descriptor blob, boolean deep) {
        var file = blobs.path(blob.digest());
        try {
            if (!Files.exists(file)) {
                return Optional.of("blob " + blob.digest() + " is missing");
            }
            if (Files.size(file) != blob.size()) {
                return Optional.of(
                        "blob %s has %d bytes, not %d"
                                .formatted(blob.digest(), Files.size(file), blob.size()));
            }
            return deep && !isWhatItClaims(blob)
                    ? Optional.of("blob " + blob.digest() + " is damaged")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of("blob " + blob.digest() + " cannot be read: " + e.getMessage());
        }
    }

    private boolean isWhatItClaims(Descriptor blob) throws IOException {
        var hash = Digest.sha256();
        try (var in = blobs.stream(blob.digest());
                var out = new DigestOutputStream(OutputStream.nullOutputStream(), hash)) {
            in.transferTo(out);
        }
        return Digest.from(hash).equals(blob.digest());
    }
}

package dev.kelpie.image.registry;

import dev.kelpie.image.BadImageException;
import dev.kelpie.image.Image;
import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageIndex;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.spec.Manifest;
import dev.kelpie.image.spec.MediaType;
import dev.kelpie.image.spec.Platform;
import dev.kelpie.image.store.ConfigJson;
import dev.kelpie.image.store.ImageJson;
import dev.kelpie.image.store.ImageStore;
import dev.kelpie.image.store.Lease;
import dev.kelpie.image.store.Unpacking;
import dev.kelpie.image.store.Workers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// One image on its way from one registry.
final class Pull {

    private static final long PROGRESS_STEP = 512 << 10;

    /// The annotation that [dev.kelpie.image.store] keeps an index's digest in.
    private static final String INDEX = "dev.kelpie.index";

    private final ImageStore store;
    private final RegistryClient client;
    private final ImageReference name;
    private final Platform platform;
    private final Lease lease;
    private final Consumer<PullEvent> events;
    private final Map<String, String> annotations = new HashMap<>();

    Pull(
            ImageStore store,
            RegistryClient client,
            ImageReference name,
            Platform platform,
            Lease lease,
            Consumer<PullEvent> events) {
        this.store = store;
        this.client = client;
        this.name = name;
        this.platform = platform;
        this.lease = lease;
        this.events = events;
    }

    Image run(PolicyCheck policy) throws RegistryFailure, InterruptedException {
        var fetched = manifest();
        policy.signatures(client, digests(fetched));
        var manifest = ImageJson.manifest(fetched.bytes, "manifest " + fetched.digest);
        for (var layer : manifest.layers()) {
            if (!layer.mediaType().isLayer()) {
                throw new BadImageException(
                        "it is no image: a layer is of type '" + layer.mediaType() + "'");
            }
        }
        fetch(manifest.config(), ImageJson.LARGEST_CONFIG);
        var what = "configuration " + manifest.config().digest();
        var config =
                ConfigJson.parse(
                        store.readBlob(manifest.config().digest(), ImageJson.LARGEST_CONFIG, what),
                        what);
        layers(manifest, store.unpacking(manifest, config, "image '" + name + "'", lease));
        store.putBlob(fetched.bytes, lease);
        var type = fetched.type.isManifest() ? fetched.type : MediaType.OCI_MANIFEST;
        var image =
                store.add(
                        Descriptor.of(type, fetched.digest, fetched.bytes.length)
                                .withAnnotations(annotations),
                        List.of(storedName()));
        events.accept(new PullEvent.Stored(storedName().toString(), image.id()));
        return image;
    }

    /// Fetches the blobs of one image or, of an index, of all, without unpacking them; what to list
    /// them by.
    List<Descriptor> content(boolean all, PolicyCheck policy)
            throws RegistryFailure, InterruptedException {
        var reference =
                name.digest().map(Digest::toString).orElseGet(() -> name.tag().orElse("latest"));
        var fetched = client.manifest(reference, name.digest());
        if (!fetched.type.isIndex()) {
            return List.of(content(fetched, policy));
        }
        var index = ImageJson.index(fetched.bytes, "index " + fetched.digest);
        var wanted = all ? index.manifests() : List.of(chosen(index));
        var listed = new ArrayList<Descriptor>();
        for (var one : wanted) {
            var content =
                    content(
                            client.manifest(one.digest().toString(), Optional.of(one.digest())),
                            policy);
            listed.add(
                    new Descriptor(
                            content.mediaType(),
                            content.digest(),
                            content.size(),
                            one.platform().or(content::platform),
                            one.annotations()));
        }
        return listed;
    }

    private Descriptor content(RegistryClient.Fetched fetched, PolicyCheck policy)
            throws RegistryFailure, InterruptedException {
        policy.signatures(client, List.of(fetched.digest));
        var manifest = ImageJson.manifest(fetched.bytes, "manifest " + fetched.digest);
        fetch(manifest.config(), ImageJson.LARGEST_CONFIG);
        for (var layer : manifest.layers()) {
            fetch(layer, Long.MAX_VALUE);
        }
        store.putBlob(fetched.bytes, lease);
        return store.listed(
                Descriptor.of(
                        fetched.type.isManifest() ? fetched.type : MediaType.OCI_MANIFEST,
                        fetched.digest,
                        fetched.bytes.length));
    }

    private Descriptor chosen(ImageIndex index) {
        return index.choose(platform)
                .orElseThrow(() ->
                        new BadImageException(
                                "it is not offered for "
                                        + platform
                                        + ", only for "
                                        + platforms(index.manifests())));
    }

    private ImageReference storedName() {
        return name.digest().map(name::withDigest).orElse(name);
    }

    /// The manifest for our platform, through an index if there is one.
    private RegistryClient.Fetched manifest() throws RegistryFailure, InterruptedException {
        var reference =
                name.digest().map(Digest::toString).orElseGet(() -> name.tag().orElse("latest"));
        var fetched = client.manifest(reference, name.digest());
        if (fetched.type.value().startsWith("application/vnd.docker.distribution.manifest.v1")) {
            throw new BadImageException(
                    "its manifest is of Docker's schema 1, no longer supported");
        }
        if (!fetched.type.isIndex()) {
            return fetched;
        }
        var index = ImageJson.index(fetched.bytes, "index " + fetched.digest);
        var chosen = chosen(index);
        store.putBlob(fetched.bytes, lease);
        annotations.put(INDEX, fetched.digest.toString());
        var manifest = client.manifest(chosen.digest().toString(), Optional.of(chosen.digest()));
        if (manifest.type.isIndex()) {
            throw new BadImageException("it is an index in an index, which is not supported");
        }
        return manifest;
    }

    private List<Digest> digests(RegistryClient.Fetched manifest) {
        var index = annotations.get(INDEX);
        return index == null
                ? List.of(manifest.digest)
                : List.of(manifest.digest, Digest.parse(index));
    }

    private static String platforms(List<Descriptor> manifests) {
        var names = new ArrayList<String>();
        manifests.forEach(entry -> entry.platform().ifPresent(one -> names.add(one.toString())));
        return names.isEmpty() ? "unnamed platforms" : String.join(", ", names);
    }

    private void layers(Manifest manifest, Unpacking unpacking)
            throws RegistryFailure, InterruptedException {
        var tasks = new ArrayList<Workers.Task>();
        for (var i = 0; i < manifest.layers().size(); i++) {
            var number = i;
            tasks.add(() -> layer(manifest.layers().get(number), number, unpacking));
        }
        try {
            Workers.run(tasks);
        } catch (FailedLayer e) {
            throw e.failure;
        }
    }

    private void layer(Descriptor layer, int number, Unpacking unpacking)
            throws InterruptedException {
        var present = unpacking.has(number);
        try {
            fetch(layer, Long.MAX_VALUE);
        } catch (RegistryFailure e) {
            throw new FailedLayer(e);
        }
        if (present) {
            events.accept(new PullEvent.Present(layer.digest()));
            unpacking.present(number);
            return;
        }
        events.accept(
                unpacking.layer(number)
                        ? new PullEvent.Unpacked(layer.digest())
                        : new PullEvent.Present(layer.digest()));
    }

    private void fetch(Descriptor blob, long most) throws RegistryFailure, InterruptedException {
        if (blob.size() > most) {
            throw new BadImageException("blob " + blob.digest() + " is too large: " + blob.size());
        }
        try (var _ = store.lockBlob(blob.digest())) {
            if (store.hasBlob(blob.digest(), lease)) {
                return;
            }
            try (var writer = store.writeBlob()) {
                var reported = new long[1];
                client.blob(
                        blob,
                        writer,
                        done -> {
                            if (done - reported[0] >= PROGRESS_STEP) {
                                reported[0] = done;
                                events.accept(
                                        new PullEvent.Downloading(
                                                blob.digest(), done, blob.size()));
                            }
                        });
                writer.commit(lease, blob.digest(), "blob " + blob.digest());
            }
            events.accept(new PullEvent.Downloaded(blob.digest(), blob.size()));
        }
    }

    /// Carries a checked failure out of a worker.
    private static final class FailedLayer extends RuntimeException {
        final RegistryFailure failure;

        FailedLayer(RegistryFailure failure) {
            super(failure);
            this.failure = failure;
        }
    }
}

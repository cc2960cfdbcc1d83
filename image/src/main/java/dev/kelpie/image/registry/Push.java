package dev.kelpie.image.registry;

import dev.kelpie.image.BadImageException;
import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageIndex;
import dev.kelpie.image.spec.Manifest;
import dev.kelpie.image.spec.MediaType;
import dev.kelpie.image.store.BlobWriter;
import dev.kelpie.image.store.Decompression;
import dev.kelpie.image.store.ImageJson;
import dev.kelpie.image.store.ImageStore;
import dev.kelpie.image.store.Lease;
import dev.kelpie.image.store.Workers;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// One image on its way to one repository: the very bytes that came, unless another form is asked
/// for or a layer is stored without compression.
final class Push {

    private static final long PROGRESS_STEP = 512 << 10;

    private final ImageStore store;
    private final Uploads uploads;
    private final PushOptions options;
    private final Lease lease;
    private final Consumer<PushEvent> events;
    private final BlobSources sources;

    Push(
            ImageStore store,
            RegistryClient client,
            PushOptions options,
            Lease lease,
            Consumer<PushEvent> events) {
        this.store = store;
        this.uploads = new Uploads(client);
        this.options = options;
        this.lease = lease;
        this.events = events;
        this.sources = BlobSources.of(store, client.endpoint());
    }

    /// A manifest as it was sent.
    static final class Sent {
        final Digest digest;
        final byte[] bytes;
        final ManifestFormat format;

        Sent(byte[] bytes, ManifestFormat format) {
            this.bytes = bytes;
            this.digest = Digest.of(bytes);
            this.format = format;
        }
    }

    /// Sends the blobs of a manifest; the manifest that now fits them.
    Sent blobs(Digest digest) throws RegistryFailure, InterruptedException {
        var what = "manifest " + digest;
        var bytes = store.readBlob(digest, ImageJson.LARGEST_MANIFEST, what);
        var stored = ImageJson.manifest(bytes, what);
        var format = options.format().orElse(ManifestFormat.of(stored.mediaType()));
        var layers = new Descriptor[stored.layers().size()];
        var once = new HashSet<Digest>();
        var tasks = new ArrayList<Workers.Task>();
        for (var i = 0; i < layers.length; i++) {
            var number = i;
            var layer = stored.layers().get(i);
            if (once.add(layer.digest())) {
                tasks.add(() -> layers[number] = layer(layer, format));
            }
        }
        tasks.add(() -> blob(stored.config()));
        try {
            Workers.run(tasks);
        } catch (FailedBlob e) {
            throw e.failure;
        }
        return sent(bytes, stored, format, filled(stored, layers));
    }

    /// A layer that occurs twice was sent once.
    private static List<Descriptor> filled(Manifest stored, Descriptor[] layers) {
        for (var i = 0; i < layers.length; i++) {
            if (layers[i] == null) {
                var first = stored.layers().indexOf(stored.layers().get(i));
                layers[i] = layers[first];
            }
        }
        return Arrays.asList(layers);
    }

    private Sent sent(
            byte[] bytes, Manifest stored, ManifestFormat format, List<Descriptor> layers) {
        var same =
                layers.equals(stored.layers()) && format == ManifestFormat.of(stored.mediaType());
        if (same) {
            return new Sent(bytes, format);
        }
        var manifest =
                new Manifest(
                        format.manifest(),
                        stored.config().withType(format.config()),
                        layers,
                        format == ManifestFormat.OCI ? stored.annotations() : java.util.Map.of());
        return new Sent(ImageJson.toBytes(manifest), format);
    }

    void name(String reference, Sent sent) throws RegistryFailure, InterruptedException {
        name(reference, sent.format.manifest(), sent.bytes);
    }

    void name(String reference, MediaType type, byte[] bytes)
            throws RegistryFailure, InterruptedException {
        uploads.manifest(reference, type, bytes);
    }

    /// Sends the images of a list; the list that now fits them.
    ImageIndex members(ImageIndex index) throws RegistryFailure, InterruptedException {
        var members = new ArrayList<Descriptor>();
        for (var member : index.manifests()) {
            var sent = blobs(member.digest());
            name(sent.digest.toString(), sent);
            members.add(
                    sent.digest.equals(member.digest())
                            ? member
                            : new Descriptor(
                                    sent.format.manifest(),
                                    sent.digest,
                                    sent.bytes.length,
                                    member.platform(),
                                    member.annotations()));
        }
        var type =
                options.format()
                        .map(format ->
                                format == ManifestFormat.OCI
                                        ? MediaType.OCI_INDEX
                                        : MediaType.DOCKER_MANIFEST_LIST)
                        .orElse(index.mediaType());
        return new ImageIndex(type, members, index.annotations());
    }

    private Descriptor layer(Descriptor layer, ManifestFormat format) throws InterruptedException {
        var now = Compression.of(layer.mediaType());
        var wanted = options.compression().orElse(now == Compression.NONE ? Compression.GZIP : now);
        if (format == ManifestFormat.V2S2 && wanted == Compression.ZSTD) {
            // Docker's form has no word for it
            wanted = Compression.GZIP;
        }
        var made = wanted == now ? layer : packed(layer, wanted);
        blob(made);
        return made.withType(
                wanted == now && sameFamily(layer, format)
                        ? layer.mediaType()
                        : format.layer(wanted));
    }

    private static boolean sameFamily(Descriptor layer, ManifestFormat format) {
        return layer.mediaType().value().startsWith("application/vnd.oci.")
                == (format == ManifestFormat.OCI);
    }

    private Descriptor packed(Descriptor layer, Compression wanted) {
        try (var writer = store.writeBlob();
                var plain = Decompression.of(open(layer))) {
            pack(plain, writer, wanted);
            var digest = writer.commit(lease);
            return Descriptor.of(layer.mediaType(), digest, writer.size());
        } catch (IOException e) {
            throw new BadImageException(
                    "layer " + layer.digest() + " cannot be packed: " + e.getMessage(), e);
        }
    }

    private void pack(InputStream plain, BlobWriter writer, Compression wanted) throws IOException {
        var open = new OpenOutput(writer);
        try (var out = wanted.onto(open, options.level())) {
            plain.transferTo(out);
        }
    }

    private InputStream open(Descriptor blob) throws IOException {
        if (!store.hasBlob(blob.digest(), lease)) {
            throw new BadImageException("blob " + blob.digest() + " is missing");
        }
        return store.openBlob(blob.digest());
    }

    private void blob(Descriptor blob) throws InterruptedException {
        try {
            if (uploads.has(blob.digest()) || mounted(blob.digest())) {
                events.accept(new PushEvent.Present(blob.digest()));
                return;
            }
            if (!store.hasBlob(blob.digest(), lease)) {
                throw new BadImageException("blob " + blob.digest() + " is missing");
            }
            var reported = new long[1];
            uploads.blob(
                    blob,
                    () -> store.openBlob(blob.digest()),
                    done -> {
                        if (Math.abs(done - reported[0]) >= PROGRESS_STEP) {
                            reported[0] = done;
                            events.accept(
                                    new PushEvent.Uploading(blob.digest(), done, blob.size()));
                        }
                    });
            events.accept(new PushEvent.Uploaded(blob.digest(), blob.size()));
        } catch (RegistryFailure e) {
            throw new FailedBlob(e);
        }
    }

    private boolean mounted(Digest blob) throws RegistryFailure, InterruptedException {
        for (var repository : sources.of(blob)) {
            if (uploads.mount(blob, repository)) {
                return true;
            }
        }
        return false;
    }

    /// Other repositories of the same registry that hold a blob, as far as the store knows.
    private record BlobSources(List<dev.kelpie.image.Image> images, Endpoint endpoint) {

        private static final int MOST = 2;

        static BlobSources of(ImageStore store, Endpoint endpoint) {
            return new BlobSources(store.images(), endpoint);
        }

        Set<String> of(Digest blob) {
            var found = new HashSet<String>();
            for (var image : images) {
                if (holds(image.manifest(), blob)) {
                    image.names().stream()
                            .filter(name ->
                                    name.domain().filter(endpoint.host()::equals).isPresent())
                            .filter(name -> !name.path().equals(endpoint.path()))
                            .limit(MOST - (long) Math.min(MOST, found.size()))
                            .forEach(name -> found.add(name.path()));
                }
            }
            return found;
        }

        private static boolean holds(Manifest manifest, Digest blob) {
            return manifest.config().digest().equals(blob)
                    || manifest.layers().stream().anyMatch(layer -> layer.digest().equals(blob));
        }
    }

    /// Stays open, so that the packer's end is not the writer's.
    private static final class OpenOutput extends java.io.FilterOutputStream {
        OpenOutput(java.io.OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /// Carries a checked failure out of a worker.
    private static final class FailedBlob extends RuntimeException {
        final transient RegistryFailure failure;

        FailedBlob(RegistryFailure failure) {
            super(failure);
            this.failure = failure;
        }
    }
}

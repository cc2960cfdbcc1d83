package dev.kelpie.image.archive;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kelpie.image.BadImageException;
import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.Manifest;
import dev.kelpie.image.spec.MediaType;
import dev.kelpie.image.store.Decompression;
import dev.kelpie.image.store.ImageJson;
import dev.kelpie.image.store.ImageStore;
import dev.kelpie.image.store.Lease;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/// Writes images into an archive, file by file. Blobs are verified while they are read; the bytes
/// of a layer are never in memory as a whole.
final class ArchiveWriter {

    private static final String REF_NAME = "org.opencontainers.image.ref.name";

    private final ImageStore store;
    private final Lease lease;
    private final ArchiveTarget target;
    private final Set<String> written = new HashSet<>();

    ArchiveWriter(ImageStore store, Lease lease, ArchiveTarget target) {
        this.store = store;
        this.lease = lease;
        this.target = target;
    }

    /// An image layout; one entry of its index per name.
    void oci(SavedImage saved) throws IOException, InterruptedException {
        var stored = saved.image().manifest();
        var manifest =
                new Manifest(
                        MediaType.OCI_MANIFEST,
                        stored.config().withType(MediaType.OCI_CONFIG),
                        stored.layers().stream().map(ArchiveWriter::ociLayer).toList(),
                        stored.annotations());
        Descriptor descriptor;
        if (manifest.equals(stored)) {
            // byte for byte, so that it keeps its digest
            var what = "manifest " + saved.image().digest();
            var bytes = store.readBlob(saved.image().digest(), ImageJson.LARGEST_MANIFEST, what);
            descriptor = ociManifest(bytes);
        } else {
            descriptor = ociManifest(ImageJson.toBytes(manifest));
        }
        blob(manifest.config(), "blobs/sha256/");
        for (var layer : manifest.layers()) {
            blob(layer, "blobs/sha256/");
        }
        var index = ImageJson.newObject();
        index.put("schemaVersion", 2).put("mediaType", MediaType.OCI_INDEX.value());
        var entries = index.putArray("manifests");
        for (var name : saved.names()) {
            entries.add(
                    ImageJson.toJson(
                            descriptor.withAnnotations(Map.of(REF_NAME, name.toString()))));
        }
        if (saved.names().isEmpty()) {
            entries.add(ImageJson.toJson(descriptor));
        }
        text("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}");
        bytes("index.json", ImageJson.bytes(index));
    }

    private Descriptor ociManifest(byte[] bytes) throws IOException {
        var digest = Digest.of(bytes);
        bytes("blobs/sha256/" + digest.hex(), bytes);
        return Descriptor.of(MediaType.OCI_MANIFEST, digest, bytes.length);
    }

    /// Several images, each with its configuration and its layers as plain tar files.
    void dockerArchive(List<SavedImage> images) throws IOException, InterruptedException {
        var entries = JsonNodeFactory.instance.arrayNode();
        for (var saved : images) {
            var entry = entries.addObject();
            var config = saved.image().manifest().config();
            entry.put("Config", config.digest().hex() + ".json");
            var tags = entry.putArray("RepoTags");
            saved.names().forEach(name -> tags.add(name.toString()));
            var layers = entry.putArray("Layers");
            var blobs = saved.image().manifest().layers();
            for (var i = 0; i < blobs.size(); i++) {
                var diffId = saved.image().config().diffIds().get(i);
                layers.add(diffId.hex() + ".tar");
                plainLayer(blobs.get(i), diffId);
            }
            if (written.add(config.digest().hex() + ".json")) {
                copy(config.digest().hex() + ".json", config);
            }
        }
        bytes("manifest.json", ImageJson.bytes(entries));
    }

    /// A tar entry begins with its size, so a compressed layer is read twice: once to count and
    /// verify, once to write.
    private void plainLayer(Descriptor layer, Digest diffId)
            throws IOException, InterruptedException {
        var name = diffId.hex() + ".tar";
        if (!written.add(name)) {
            return;
        }
        var size = 0L;
        try (var in = plain(layer)) {
            size = in.transferTo(OutputStream.nullOutputStream());
            verify(in, diffId, "layer " + layer.digest());
        }
        alive();
        try (var in = plain(layer)) {
            target.file(name, size, in);
            verify(in, diffId, "layer " + layer.digest());
        }
    }

    /// `dir:`: the manifest in Docker's form and the blobs under their digests. With `compress`
    /// layers that are not gzip become so; zstd always does, for which Docker's form has no word.
    void dockerDirectory(SavedImage saved, boolean compress)
            throws IOException, InterruptedException {
        text("version", "Directory Transport Version: 1.1\n");
        var stored = saved.image().manifest();
        var layers = new ArrayList<Descriptor>();
        for (var layer : stored.layers()) {
            var made = dockerLayer(layer, compress);
            layers.add(made);
            blob(made, "");
        }
        var config = stored.config().withType(MediaType.DOCKER_CONFIG);
        blob(config, "");
        var manifest = new Manifest(MediaType.DOCKER_MANIFEST, config, layers, Map.of());
        bytes("manifest.json", ImageJson.toBytes(manifest));
    }

    private Descriptor dockerLayer(Descriptor layer, boolean compress)
            throws IOException, InterruptedException {
        var type = layer.mediaType().value();
        if (type.endsWith("gzip")) {
            return layer.withType(MediaType.DOCKER_LAYER_GZIP);
        }
        if (!compress && !type.endsWith("zstd")) {
            return layer.withType(MediaType.DOCKER_LAYER);
        }
        alive();
        try (var writer = store.writeBlob();
                var in = plain(layer)) {
            var gzip = new GZIPOutputStream(writer, 1 << 16);
            in.transferTo(gzip);
            gzip.finish();
            var digest = writer.commit(lease);
            return Descriptor.of(MediaType.DOCKER_LAYER_GZIP, digest, writer.size());
        }
    }

    private void blob(Descriptor blob, String folder) throws IOException, InterruptedException {
        if (written.add(blob.digest().hex())) {
            copy(folder + blob.digest().hex(), blob);
        }
    }

    private void copy(String name, Descriptor blob) throws IOException, InterruptedException {
        alive();
        try (var in = hashed(open(blob))) {
            target.file(name, blob.size(), in);
            verify(in, blob.digest(), "blob " + blob.digest());
        }
    }

    private InputStream open(Descriptor blob) throws IOException {
        if (!store.hasBlob(blob.digest(), lease)) {
            throw new BadImageException("blob " + blob.digest() + " is missing");
        }
        return store.openBlob(blob.digest());
    }

    private DigestInputStream plain(Descriptor layer) throws IOException {
        return hashed(Decompression.of(new BufferedInputStream(open(layer), 1 << 16)));
    }

    private static DigestInputStream hashed(InputStream in) {
        return new DigestInputStream(in, Digest.sha256());
    }

    private static void verify(DigestInputStream in, Digest expected, String what) {
        var real = Digest.from(in.getMessageDigest());
        if (!real.equals(expected)) {
            throw new BadImageException(
                    what + " is damaged on disk: it is " + real + ", not " + expected);
        }
    }

    private static void alive() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void text(String name, String text) throws IOException {
        bytes(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(String name, byte[] bytes) throws IOException {
        target.file(name, bytes.length, new ByteArrayInputStream(bytes));
    }

    private static Descriptor ociLayer(Descriptor layer) {
        if (layer.mediaType().equals(MediaType.DOCKER_LAYER_GZIP)) {
            return layer.withType(MediaType.OCI_LAYER_GZIP);
        }
        return layer.mediaType().equals(MediaType.DOCKER_LAYER)
                ? layer.withType(MediaType.OCI_LAYER)
                : layer;
    }
}

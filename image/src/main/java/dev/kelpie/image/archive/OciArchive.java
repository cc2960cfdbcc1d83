package dev.kelpie.image.archive;

import dev.kelpie.image.BadArchiveException;
import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.spec.MediaType;
import dev.kelpie.image.spec.Platform;
import dev.kelpie.image.store.ConfigJson;
import dev.kelpie.image.store.ImageJson;
import dev.kelpie.image.store.ImageStore;
import dev.kelpie.image.store.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An image layout in a tar (image-spec, image-layout.md).
final class OciArchive {

    private static final int DEEPEST_INDEX = 3;

    private final ArchiveFiles files;
    private final ImageStore store;
    private final Lease lease;

    OciArchive(ArchiveFiles files, ImageStore store, Lease lease) {
        this.files = files;
        this.store = store;
        this.lease = lease;
    }

    /// Nothing when this is no image layout.
    List<ArchivedImage> images() {
        var json = files.read("index.json", ImageJson.LARGEST_MANIFEST);
        var images = new ArrayList<ArchivedImage>();
        if (json.isEmpty()) {
            single().ifPresent(images::add);
            return images;
        }
        var index = ImageJson.index(json.get(), "index.json");
        for (var entry : index.manifests()) {
            image(entry, names(entry), 0).ifPresent(images::add);
        }
        return images;
    }

    /// The image of a folder that holds one, `dir:` of containers-transports(5): its manifest lies
    /// beside its blobs, and nobody says its name.
    private Optional<ArchivedImage> single() {
        var file = files.get("manifest.json");
        if (file.isEmpty() || !ImageJson.value(read(), "manifest.json").isObject()) {
            return Optional.empty();
        }
        var manifest = file.get();
        var type = ImageJson.typeOf(ImageJson.object(read(), "manifest.json"));
        return image(Descriptor.of(type, manifest.digest(), manifest.size()), List.of(), 0);
    }

    private byte[] read() {
        return files.read("manifest.json", ImageJson.LARGEST_MANIFEST).orElseThrow();
    }

    private Optional<ArchivedImage> image(
            Descriptor descriptor, List<ImageReference> names, int depth) {
        var what =
                names.isEmpty()
                        ? "image " + descriptor.digest()
                        : "image '" + names.getFirst() + "'";
        var json = json(descriptor, ImageJson.LARGEST_MANIFEST, what);
        var type = ImageJson.typeOf(ImageJson.object(json, what));
        if (type.isIndex()) {
            if (depth == DEEPEST_INDEX) {
                throw new BadArchiveException(what + " is an index in an index in an index");
            }
            var chosen =
                    ImageJson.index(json, what)
                            .choose(Platform.host())
                            .orElseThrow(() ->
                                    new BadArchiveException(
                                            what + " has nothing for " + Platform.host()));
            return image(chosen, names, depth + 1);
        }
        var manifest = ImageJson.manifest(json, what);
        if (!manifest.layers().stream().allMatch(layer -> layer.mediaType().isLayer())) {
            // signatures and attestations lie beside images
            return Optional.empty();
        }
        var config =
                ConfigJson.parse(
                        json(manifest.config(), ImageJson.LARGEST_CONFIG, what),
                        what + ": configuration");
        manifest.layers().forEach(layer -> check(layer, what));
        return Optional.of(
                new ArchivedImage(
                        what,
                        Descriptor.of(type(type), descriptor.digest(), json.length),
                        manifest,
                        config,
                        names));
    }

    private static MediaType type(MediaType named) {
        return named.isManifest() ? named : MediaType.OCI_MANIFEST;
    }

    private byte[] json(Descriptor descriptor, int most, String what) {
        check(descriptor, what);
        return store.readBlob(descriptor.digest(), most, what);
    }

    private void check(Descriptor descriptor, String what) {
        var file = files.blob(descriptor.digest());
        if (file.isEmpty()) {
            if (!store.hasBlob(descriptor.digest(), lease)) {
                throw new BadArchiveException(
                        what + ": blob " + descriptor.digest() + " is missing");
            }
        } else if (file.get().size() != descriptor.size()) {
            throw new BadArchiveException(
                    what
                            + ": blob "
                            + descriptor.digest()
                            + " has "
                            + file.get().size()
                            + " bytes, not "
                            + descriptor.size());
        }
    }

    private static List<ImageReference> names(Descriptor entry) {
        var full = entry.annotations().get("io.containerd.image.name");
        var name =
                full == null ? entry.annotations().get("org.opencontainers.image.ref.name") : full;
        return name == null || name.isEmpty() ? List.of() : List.of(localName(name));
    }

    static ImageReference localName(String text) {
        var name = ImageReference.parse(text).withDefaultTag();
        return name.isShort() ? name.withDomain("localhost") : name;
    }
}
